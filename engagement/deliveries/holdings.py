"""How deliveries go over to the school that follows theirs."""

from django.db.models import QuerySet

from engagement.models import Delivery
from schools.succession import Holding


class Deliveries(Holding):
    """Every record, with what it is counted with: both halves of a joint project are at one school."""

    key, label, noun = "deliveries", "What was delivered", "delivery,deliveries"
    position = 54

    def rows(self) -> QuerySet:
        return Delivery.objects.all()
