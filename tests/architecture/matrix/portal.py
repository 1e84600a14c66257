"""The portal's own pages: signing in, words that anybody may read."""

from tests.architecture.asking import PASSWORD
from tests.architecture.matrix.table import page

ROWS = [
    *page("health", GET={200: "EVERYBODY"}, POST={405: "EVERYBODY"}),
    *page("home", GET={200: "OUT", "else": 302}, POST={405: "EVERYBODY"}),
    *page("account", GET={"else": 200}, POST={"else": 405}),
    *page("words-kept", GET={"else": 302}, POST={"else": 405}),
    *page("no-membership", GET={"else": 200}, POST={"else": 405}),
    *page(
        "account_login",
        GET={200: "OUT", "else": 302},
        POST={302: "EVERYBODY"},
        data=lambda c, user: {"login": c["hub_manager"].email, "password": PASSWORD},
    ),
    *page("account_logout", GET={302: "OUT", "else": 200}, POST={302: "EVERYBODY"}),
    *page("account_inactive", GET={200: "EVERYBODY"}, POST={405: "EVERYBODY"}),
    *page(
        "account_change_password",
        GET={302: "administrator nobody former_person", "else": 200},
        POST={302: "administrator nobody former_person", "else": 200},
    ),
    *page(
        "account_reset_password",
        GET={200: "EVERYBODY"},
        POST={302: "EVERYBODY"},
        data=lambda c, user: {"email": c["hub_manager"].email},
    ),
    *page("account_reset_password_done", GET={200: "EVERYBODY"}, POST={405: "EVERYBODY"}),
    *page(
        "account_reset_password_from_key",
        "a link that is none",
        args=lambda c: ["1", "set-password"],
        GET={200: "EVERYBODY"},
        POST={200: "EVERYBODY"},
    ),
    *page("account_reset_password_from_key_done", GET={200: "EVERYBODY"}, POST={405: "EVERYBODY"}),
    *page("help", GET={200: "EVERYBODY"}, POST={405: "EVERYBODY"}),
    *page("accessibility", GET={200: "EVERYBODY"}, POST={405: "EVERYBODY"}),
    *page("privacy", GET={200: "EVERYBODY"}, POST={405: "EVERYBODY"}),
    *page("cookies", GET={200: "EVERYBODY"}, POST={405: "EVERYBODY"}),
    *page("theme", args=lambda c: ["4b2067"], GET={200: "EVERYBODY"}, POST={405: "EVERYBODY"}),
    *page("kit:gallery", GET={"else": 200}, POST={"else": 405}),
]
