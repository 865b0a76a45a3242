"""An order of the register as the facts that the check reads."""

from __future__ import annotations

from zhixing.apps.protection.models import OemOrder
from zhixing.apps.protection.order_check import ContractFacts, OrderFacts
from zhixing.apps.protection.rivals import facts_of, rivals_of
from zhixing.apps.registry.api import Authorisation


def facts_of_order(order: OemOrder) -> OrderFacts:
    """What is known of the order today, with the marks of others that look like its mark."""
    maker = order.enterprise.subject
    return OrderFacts(
        ordered_on=order.ordered_on,
        delivered_on=order.delivered_on,
        maker_key=maker.pk,
        maker_name=maker.name,
        client_key=order.client_id,
        client_name=order.client_name,
        mark_text=order.mark_text,
        mark=facts_of(order.trade_mark) if order.trade_mark is not None else None,
        contract=_contract(order.authorisation) if order.authorisation is not None else None,
        classes=tuple(order.nice_classes),
        export_only=order.export_only,
        destination=order.destination,
        domestic_quantity=order.domestic_quantity,
        label_text=order.label_text,
        rivals=rivals_of(order.mark_text, order.nice_classes),
    )


def _contract(contract: Authorisation) -> ContractFacts:
    return ContractFacts(
        number=contract.contract_number,
        mark_key=contract.mark_id,
        mark_text=contract.mark_text,
        grantor_key=contract.grantor_id,
        grantor_name=contract.grantor_name,
        grantee_key=contract.grantee_id,
        grantee_name=contract.grantee_name,
        classes=tuple(contract.nice_classes),
        territory=contract.territory,
        export_only=contract.export_only,
        is_ended=contract.status != Authorisation.Status.IN_FORCE,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
    )
