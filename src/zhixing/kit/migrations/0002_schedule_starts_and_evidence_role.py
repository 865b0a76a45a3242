import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kit", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="evidencelink",
            name="role",
            field=models.CharField(blank=True, max_length=20, verbose_name="what it is for"),
        ),
        migrations.AddField(
            model_name="schedule",
            name="starts",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="first run"),
            preserve_default=False,
        ),
    ]
