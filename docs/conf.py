"""How the documentation is built: ``sphinx-build -W docs out/docs``."""

from importlib import metadata
from typing import Any

from pydantic import BaseModel
from sphinx.application import Sphinx

project = "ektp-sched"
release = metadata.version(project)

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
exclude_patterns = ["README.md", "schema"]
myst_heading_anchors = 3
nitpicky = True
# Of Python, to which nothing here links.
nitpick_ignore = [("py:class", "Path"), ("py:class", "pathlib.Path")]

# Notebooks are run at each build, and one that fails ends it.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 600  # the first solve on a machine compiles for a minute or more
nb_merge_streams = True

autodoc_default_options = {"members": True}
autodoc_typehints = "none"
autodoc_class_signature = "separated"
autodoc_member_order = "bysource"
napoleon_google_docstring = False

html_theme = "furo"
html_title = "ektp-sched"


def _skip_machinery(
    app: Sphinx, what: str, name: str, member: Any, skip: bool, options: Any
) -> bool:
    """Leave out what pydantic adds to every value."""
    return skip or hasattr(BaseModel, name)


def setup(app: Sphinx) -> None:
    """Connect what this file adds."""
    app.connect("autodoc-skip-member", _skip_machinery)
