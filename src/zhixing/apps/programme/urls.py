"""Addresses of the programme."""

from django.urls import path

from zhixing.apps.programme.views import adopt, board, item

app_name = "programme"
urlpatterns = [
    path("", board.show_board, name="board"),
    path("items/", board.show_items, name="items"),
    path("adopt/", adopt.adopt, name="adopt"),
    path("<int:year>/<str:code>/", item.show_item, name="item"),
    path("<int:year>/<str:code>/owner/", item.assign, name="assign-owner"),
    path("<int:year>/<str:code>/target/", item.set_target, name="set-target"),
]
