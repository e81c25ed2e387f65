"""Word documents: blocks in, one .docx out.

Content is written with the values of :mod:`crmplan.documents.blocks`; everything that is the
same on every page is in :class:`crmplan.documents.settings.DocumentSettings`;
:func:`crmplan.documents.rendering.render_document` makes the bytes. Import from those modules:
this one stays empty so that a command that writes no document does not pay for python-docx.
"""
