"""What other parts add to the page that somebody reads before they go to a school: the school's half, where its plan
stands. Each registers a provider in `AppConfig.ready()`; this module knows none.

    def plan_in_brief(request, school) -> list[Panel]: ...
    briefing_sections.register(plan_in_brief)

A section is a heading and a few lines: the whole page goes on one sheet of paper. A provider costs the same number of
queries whatever the school holds, and scopes its own rows by `request.user`. `position` orders them, beside the page's
own: the school's half stands at 20, where its plan stands at 60."""

from schools.models import School
from schools.panels import Providers

briefing_sections: Providers[School] = Providers()
