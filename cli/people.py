"""`duban contact`: who is reached for each unit."""

import typer

from cli import output
from cli.acting import TRIAL
from cli.options import AsJson, DryRun, InputFile, WhoIfAny, with_examples

IMPORT = with_examples(
    "从 .xlsx 导入联系人：单位、姓名、职务、电话、邮箱、督导单位。任何一行有误则全部不导入。",
    "duban contact import 联系人.xlsx --as bgs",
    "duban contact import 联系人.xlsx --dry-run",
)
LIST = with_examples("列出各单位的联系人和渠道。", "duban contact list --json")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    contact = typer.Typer(help="单位的联系人。", no_args_is_help=True)
    contact.command("import", help=IMPORT)(import_workbook)
    contact.command("list", help=LIST)(list_contacts)
    app.add_typer(contact, name="contact")


def import_workbook(
    file: InputFile, *, by: WhoIfAny = None, dry_run: DryRun = False, as_json: AsJson = False
) -> None:
    """Take a workbook of contacts in."""
    from services.contacts import import_contacts
    from services.office import open_office

    imported = import_contacts(open_office(), file, by=by, is_trial=dry_run)
    if as_json:
        output.print_json("contacts", {**output.plain(imported), "dry_run": dry_run})
        return
    output.show(
        f"{TRIAL if dry_run else ''}已导入联系人 {imported.people} 名，"
        f"邮箱 {imported.addresses} 个，督导单位 {imported.sponsors} 个。"
    )


def list_contacts(*, as_json: AsJson = False) -> None:
    """Print every unit and the way to it that is tried first."""
    from services.contacts import reachable
    from services.office import open_office
    from services.plans import the_office

    office = open_office()
    with office.reading() as session:
        found = reachable(session, the_office(session).id)
    if as_json:
        output.print_json("contacts", {"units": found})
        return
    rows = ((way.unit, way.kind, way.person, way.post, way.channel, way.address) for way in found)
    output.show_table("联系人", ("单位", "类别", "姓名", "职务", "渠道", "地址"), rows)
