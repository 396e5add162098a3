"""Rules that an organisation may change for its own line; docs/content.md gives the reason for each."""

from typing import Literal

from pydantic import Field

from ivr.content.fields import Shape, Switch


class Rules(Shape):
    """What the engine holds a line to, unless the line says otherwise."""

    operator_first: Switch = True
    """true: nobody is connected before hearing in full who runs the desk. false: an option with `connect` names it."""
    most_options: int = Field(default=4, ge=1, le=8)
    """The most options of a menu, desks included."""
    most_levels: int = Field(default=3, ge=1, le=8)
    """The most menus in a row, before the answer."""
    after_silence: Literal["goodbye", "person"] = "goodbye"
    """What follows the last silent try in the first menu; person: the first open desk rings."""

    def changed(self) -> dict[str, str]:
        """Each rule that isn't as the engine has it, as it would be written."""
        return {name: str(value).lower() for name, value in self if value != type(self).model_fields[name].default}
