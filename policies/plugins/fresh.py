"""A plug-in to begin with: the text of a file that keeps the contract at once."""

import inspect
import keyword
import re

from policies.plugins.templates import playbook, policy, routing
from policies.protocol import PolicyError
from policies.registry import playbooks, policies, routings

TEMPLATES = {"policy": policy, "playbook": playbook, "routing": routing}
MODULE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def fresh(kind: str, module: str) -> tuple[str, str]:
    """Class name and text of a new module of this name, by the template of its kind.

    Raises PolicyError for another kind, for a name that no module can have, and for one that is taken.
    """
    if kind not in TEMPLATES:
        raise PolicyError(f"no kind {kind!r}; allowed: {', '.join(TEMPLATES)}")
    if not MODULE.fullmatch(module) or keyword.iskeyword(module):
        raise PolicyError(
            f"{module!r} is no name for a Python module; allowed: a letter, then letters, digits and _, such as my_rule"
        )
    name, cls = module.replace("_", "-").lower(), "".join(word[:1].upper() + word[1:] for word in module.split("_"))
    if name in {known for listed in (policies(), playbooks(), routings()) for known, _ in listed}:
        raise PolicyError(f"{name!r} is known already, see `stocktide policies {name}`; take another name")
    if cls != "MyRule" and hasattr(TEMPLATES[kind], cls):
        raise PolicyError(f"{module!r} would be class {cls}, which a {kind} imports; take another name")
    text = inspect.getsource(TEMPLATES[kind])
    return cls, text.replace("MyRule", cls).replace("my_rule", module).replace("my-rule", name)
