from django.apps import AppConfig


class SmdpConfig(AppConfig):
    name = "smdp"
    label = "smdp"
    verbose_name = "School Music Development Plans"

    def ready(self) -> None:
        from engagement import tailoring, worklist
        from engagement.briefing.sections import briefing_sections
        from engagement.newcomers import pack
        from engagement.panels import part_panels
        from engagement.past import plan_dates
        from engagement.targets import measures
        from schools import handing, panels, succession, timeline
        from smdp import partnership
        from smdp.brief import plan_in_brief
        from smdp.elsewhere.past import PlansOfTheSchools
        from smdp.elsewhere.today import kept_to_confirm, kept_to_see
        from smdp.evaluations.panels import evaluation_of_school, evaluation_of_trust
        from smdp.handing import KINDS
        from smdp.holdings import Plans, PlansElsewhere, SelfEvaluations, Summaries
        from smdp.opening import (
            check_ins_open_to,
            evaluations_open_to,
            kept_open_to,
            looks_open_to,
            reviews_open_to,
            summaries_open_to,
            versions_open_to,
        )
        from smdp.panels import plan_of_school, priorities_of_part, summary_of_school
        from smdp.targets.measures import MEASURES
        from smdp.today import (
            answers_to_take_over,
            check_in_to_write,
            comments_to_answer,
            comments_to_deal_with,
            joint_offers,
            plans_to_review,
            summaries_to_renew,
            summary_to_renew,
        )
        from smdp.trusts.panels import plan_of_trust
        from smdp.welcoming import plan_line
        from smdp.wishes import wishes_of_the_evaluation, wishes_of_the_plan

        for measure in MEASURES:
            measures.register(measure)
        partnership.register(partnership.of_the_hub)
        panels.register(plan_of_school)
        tailoring.register(wishes_of_the_plan)
        tailoring.register(wishes_of_the_evaluation)
        briefing_sections.register(plan_in_brief)
        pack.register(plan_line)
        panels.register(summary_of_school)
        panels.register(evaluation_of_school)
        part_panels.register(priorities_of_part)
        panels.trust_panels.register(plan_of_trust)
        panels.trust_panels.register(evaluation_of_trust)
        plan_dates.register(PlansOfTheSchools())
        for kind in KINDS:
            handing.register(kind())
        succession.register(Plans())
        succession.register(Summaries())
        succession.register(SelfEvaluations())
        succession.register(PlansElsewhere())
        timeline.register_opener("plan-version", versions_open_to)
        timeline.register_opener("summary-version", summaries_open_to)
        timeline.register_opener("self-evaluation-version", evaluations_open_to)
        timeline.register_opener("plan-review", reviews_open_to)
        timeline.register_opener("plan-elsewhere", kept_open_to)
        timeline.register_opener("plan-elsewhere-look", looks_open_to)
        worklist.register(plans_to_review)
        worklist.register(comments_to_answer)
        worklist.register(summaries_to_renew)
        worklist.register_for_schools(comments_to_deal_with)
        worklist.register_for_schools(joint_offers)
        worklist.register_for_schools(answers_to_take_over)
        worklist.register_for_schools(summary_to_renew)
        timeline.register_opener("plan-check-in", check_ins_open_to)
        worklist.register_for_schools(check_in_to_write)
        worklist.register(kept_to_see)
        worklist.register_for_schools(kept_to_confirm)
