"""Alembic's way in: the schema comes from the tables, the connection from whoever migrates."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Enum
from sqlmodel import AutoString, SQLModel

import db.draft_tables
import db.integration_tables
import db.life_tables
import db.light_tables
import db.link_tables
import db.notice_tables
import db.paper_tables
import db.plan_draft_tables
import db.plan_tables
import db.post_tables
import db.record_tables
import db.session_tables  # noqa: F401 - they fill the metadata
from db.base import UtcTime


def render_item(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write plain column types, so that a migration does not change when our classes do."""
    if kind != "type":
        return False
    if isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, Enum):
        return f"sa.String({item.length})"
    return "sa.String()" if isinstance(item, AutoString) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite cannot alter columns in place
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
