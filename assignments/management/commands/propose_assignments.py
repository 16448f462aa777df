"""`propose_assignments --decision ID [--json]`: plan a draft's list now, and write it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assignments.actions import proposals
from assignments.models import Decision, Proposal
from config.lib.errors import Refused
from roster.states import UnitKind


class Command(BaseCommand):
    help = "Lập phương án tốt nhất cho một dự thảo quyết định và ghi vào danh sách."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--decision", type=int, required=True)
        parser.add_argument("--communes", action="store_true", help="hội nghị đảng ủy mở rộng")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        decision = Decision.objects.filter(pk=options["decision"]).select_related("by").first()
        if decision is None or decision.by is None:
            raise CommandError("Không có dự thảo này, hoặc không rõ ai lập.")
        reach = UnitKind.COMMUNE if options["communes"] else UnitKind.BRANCH
        try:
            proposal = proposals.ask_for_plan(decision, by=decision.by, reach=reach)
            proposals.run_plan(proposal.pk)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.tell(Proposal.objects.get(pk=proposal.pk), as_json=options["json"])

    def tell(self, proposal: Proposal, *, as_json: bool) -> None:
        facts = proposal.facts
        if as_json:
            told = {"proposal": proposal.pk, **facts, "pairs": proposal.pairs}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"{facts['covered']}/{facts['units']} nơi có người dự, {facts['km']} km.")
        for blocked in facts["blocked"]:
            self.stdout.write(f"{len(blocked['units'])} nơi chưa có người. {blocked['words']}")
