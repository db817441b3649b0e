"""The mark of a draft: 草稿, grey and aslant across every page, as Word makes its watermarks."""

from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.section import _Header

from templates.paper.measures import ANCHOR, HEITI
from templates.paper.writing import write

ACROSS = """
<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
  <v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
               path="m@7,l@8,m@5,21600l@6,21600e">
    <v:formulas>
      <v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>
      <v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
      <v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>
      <v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>
      <v:f eqn="sum @6 0 @5"/>
    </v:formulas>
    <v:path textpathok="t" o:connecttype="custom"
            o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>
    <v:textpath on="t" fitshape="t"/>
  </v:shapetype>
  <v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{shape}" type="#_x0000_t136"
           style="position:absolute;margin-left:0;margin-top:0;width:330pt;height:165pt;\
rotation:315;z-index:-251658752;mso-position-horizontal:center;\
mso-position-horizontal-relative:margin;mso-position-vertical:center;\
mso-position-vertical-relative:margin"
           o:allowincell="f" fillcolor="silver" stroked="f">
    <v:fill opacity=".5"/>
    <v:textpath style="font-family:&quot;{font}&quot;;font-size:1pt" string="草稿"/>
  </v:shape>
</w:pict>
"""
FIRST_SHAPE = 2049  # where Word begins to count shapes of headers


def draft_marks(document: WordFile) -> None:
    """Mark every page of a paper that nobody signed; the template's word is `is_draft`."""
    section = document.sections[0]
    heads = [section.header, section.even_page_header]
    if section.different_first_page_header_footer:
        heads.append(section.first_page_header)
    for number, head in enumerate(heads, start=1):
        _mark(head, number)


def _mark(head: _Header, number: int) -> None:
    head.is_linked_to_previous = False
    write(head, "{%p if is_draft %}", ANCHOR)
    drawing = ACROSS.format(number=number, shape=FIRST_SHAPE + number, font=HEITI)
    run = head.add_paragraph(style=ANCHOR).add_run()  # a line of its own would push the text down
    run._element.append(parse_xml(drawing))  # noqa: SLF001 - drawings have no API
    write(head, "{%p endif %}", ANCHOR)
