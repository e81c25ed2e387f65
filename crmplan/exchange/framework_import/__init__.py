"""Frameworks that other people publish, turned into folders of crmplan.

One module per format makes a draft; ``assembling`` gives it ids and one scale; ``framework_folder``
beside this room writes it. What a format has and crmplan has not is told, with its place in the
source.
"""

from crmplan.exchange.framework_import.draft import Count
from crmplan.exchange.framework_import.forms import FORMS, Form
from crmplan.exchange.framework_import.importing import ImportReport, import_framework

__all__ = ["FORMS", "Count", "Form", "ImportReport", "import_framework"]
