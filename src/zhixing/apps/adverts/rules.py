"""Who may capture, screen and read advertisements, and keep approvals."""

from typing import Any

import rules

from zhixing.apps.accounts.api import CASE_WORKERS, STAFF, Role, has_role, in_scope
from zhixing.apps.adverts.models import Ad
from zhixing.kit.scope import is_within

KEEPERS = (Role.HEAD, Role.OFFICER, Role.REPORTER)


@rules.predicate
def ad_in_scope(actor: Any, ad: Any = None) -> bool:
    """Whether the advertisement was captured by the actor's offices or ran on their media."""
    if ad is None or is_within(ad.unit_path, actor.scope_paths):
        return True
    return isinstance(ad, Ad) and any(
        is_within(path, actor.scope_paths)
        for path in ad.placements.values_list("unit_path", flat=True).distinct()
    )


rules.add_perm("adverts.view_ad", has_role(*STAFF) & ad_in_scope)
rules.add_perm("adverts.change_ad", has_role(*KEEPERS) & ad_in_scope)
rules.add_perm("adverts.export_ad", has_role(*STAFF) & ad_in_scope)
rules.add_perm("adverts.capture_ad", has_role(*KEEPERS) & in_scope)
rules.add_perm("adverts.import_placement", has_role(*KEEPERS))
rules.add_perm("adverts.screen_ads", has_role(*CASE_WORKERS) & in_scope)
rules.add_perm("adverts.review_ad", has_role(*CASE_WORKERS) & ad_in_scope)
rules.add_perm("adverts.settle_ad", has_role(Role.HEAD) & ad_in_scope)
rules.add_perm("adverts.plan_reviews", has_role(Role.HEAD) & in_scope)
rules.add_perm("adverts.view_placement", has_role(*STAFF) & in_scope)
rules.add_perm("adverts.export_placement", has_role(*STAFF) & in_scope)
rules.add_perm("adverts.view_capture", has_role(*STAFF) & in_scope)
rules.add_perm("adverts.view_approval", has_role(*STAFF))
rules.add_perm("adverts.add_approval", has_role(*KEEPERS) & in_scope)
rules.add_perm("adverts.change_approval", has_role(*KEEPERS) & in_scope)
rules.add_perm("adverts.import_approval", has_role(*KEEPERS))
rules.add_perm("adverts.export_approval", has_role(*STAFF))
rules.add_perm("adverts.watch_folder", has_role(Role.HEAD, Role.ADMINISTRATOR) & in_scope)
rules.add_perm("adverts.keep_keys", has_role(Role.HEAD) & in_scope)
