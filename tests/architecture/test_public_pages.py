"""The first net: the door is closed, and this is the list of the openings."""

from tests.architecture.asking import addresses

OPENINGS = {
    # signing in, and finding a forgotten password
    "home",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    # links from emails, which are the permission themselves
    "schools:invitation-accept",
    "engagement:link-open",
    "engagement:link-code",
    "engagement:link-read",
    "engagement:link-respond",
    "engagement:half-link-open",
    "engagement:half-link-draft",
    "engagement:digest-stop",
    "engagement:mailing-unsubscribe",
    "smdp:section-link-open",
    "smdp:section-link-code",
    "smdp:section-link-write",
    "smdp:section-link-draft",
    "reports:link-report",
    "reports:link-report-status",
    "reports:link-report-file",
    # asking a hub to meet; and an officer's diary, whose secret address is the permission itself
    "engagement:meeting-public",
    "engagement:meeting-public-sent",
    "engagement:diary-feed",
    # answering what a hub asks many schools, and reading what came of it
    "engagement:consultation-link-draft",
    "engagement:consultation-link-open",
    "engagement:consultation-outcome-list",
    "engagement:consultation-outcome",
    # what a hub offers schools, and what it points them to
    "engagement:offer-public-list",
    "engagement:offer-public",
    "engagement:guide-public",
    # what a school tells everybody
    "smdp:summary-public",
    "smdp:summary-embed",
    "reports:summary-file",
    # words that anybody may read, a hub's colours, and what a health check asks
    "help",
    "accessibility",
    "privacy",
    "cookies",
    "theme",
    "health",
}


def test_login_not_required_is_said_by_these_views_alone():
    opened = {name for name, pattern in addresses() if not getattr(pattern.callback, "login_required", True)}
    assert {name for name in opened if not name.startswith("admin:")} == OPENINGS


def test_the_administrations_own_openings_are_its_sign_in_and_its_scripts_words():
    opened = {name for name, pattern in addresses() if not getattr(pattern.callback, "login_required", True)}
    assert {name for name in opened if name.startswith("admin:")} <= {"admin:login", "admin:jsi18n"}
