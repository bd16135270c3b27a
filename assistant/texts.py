"""The documents and clauses of an index, arranged for answering: by id, in order, heads with their items."""

import re
from collections import defaultdict
from functools import cached_property

from assistant.records import Citation
from corpus.records import Clause, PolicyDocument
from index.search import Index

_OPEN_END = ("：", ":")
_ANNOUNCES = re.compile(r"(?:下列|以下)[^。]{0,12}(?:之一|条件|情形|情况|材料|资料|要求|程序|标准)|如下[：:。]?$")


def is_list_head(text: str) -> bool:
    """Whether a clause announces the items that stand under it: it ends in a colon, or says 下列情形之一.

    >>> is_list_head("有下列情形之一的，取消资格，三年内不得申报。")
    True
    """
    return text.rstrip().endswith(_OPEN_END) or _ANNOUNCES.search(text) is not None


class Texts:
    """Looks up documents and clauses; every text it gives is verbatim."""

    def __init__(self, index: Index) -> None:
        self.documents: dict[str, PolicyDocument] = {document.id: document for document in index.documents}
        self.clauses: dict[str, Clause] = {clause.id: clause for clause in index.clauses}
        self._in_order: dict[str, list[Clause]] = defaultdict(list)
        for clause in index.clauses:
            self._in_order[clause.document_id].append(clause)

    def of(self, document_id: str) -> list[Clause]:
        """The clauses of a document, in order."""
        return self._in_order[document_id]

    def text(self, clause: Clause) -> str:
        """The clause's own words."""
        return self.documents[clause.document_id].text[clause.start : clause.end]

    def cite(self, clause: Clause, marker: int) -> Citation:
        """A whole clause as the citation that programs read."""
        document = self.documents[clause.document_id]
        return Citation(
            marker=marker,
            document=document.id,
            title=document.title,
            region=document.region.name,
            locator=clause.locator,
            quote=self.text(clause),
            start=clause.start,
            end=clause.end,
        )

    def head_of(self, clause: Clause) -> Clause | None:
        """The list head that a clause is an item of: the clause whose text is its last head."""
        return self._heads.get(clause.id)

    def items_of(self, head: Clause) -> list[Clause]:
        """The items under a list head, in order."""
        return self._items.get(head.id, [])

    @cached_property
    def _heads(self) -> dict[str, Clause]:
        heads: dict[str, Clause] = {}
        for clauses in self._in_order.values():
            opened: dict[str, Clause] = {}
            for clause in clauses:
                if clause.heads and clause.heads[-1] in opened:
                    heads[clause.id] = opened[clause.heads[-1]]
                if is_list_head(text := self.text(clause)):
                    opened[text] = clause
        return heads

    @cached_property
    def _items(self) -> dict[str, list[Clause]]:
        items: dict[str, list[Clause]] = defaultdict(list)
        for clauses in self._in_order.values():
            for clause in clauses:
                if head := self._heads.get(clause.id):
                    items[head.id].append(clause)
        return items
