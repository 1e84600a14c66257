"""Who is told that the people whom a hub knows at a school changed, or the head whom the register names. A room above
registers in `AppConfig.ready()`; this room knows none. What a listener does, it does in the same transaction."""

from collections.abc import Callable

from schools.models import Hub, RegisterFile, School

OfPeople = Callable[[Hub, School], None]
OfRegister = Callable[[RegisterFile], None]
_of_people: list[OfPeople] = []
_of_register: list[OfRegister] = []


def register(of_people: OfPeople, of_register: OfRegister) -> None:
    """Add listeners. Registering the same ones again changes nothing."""
    if of_people not in _of_people:
        _of_people.append(of_people)
    if of_register not in _of_register:
        _of_register.append(of_register)


def people_changed(hub: Hub, school: School) -> None:
    """A contact was added, changed or ended. Costs what the listeners cost."""
    for listener in _of_people:
        listener(hub, school)


def register_changed(file: RegisterFile) -> None:
    """The hubs were told what a file of the register changed."""
    for listener in _of_register:
        listener(file)
