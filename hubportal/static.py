"""How static files get their names for ever: by the hash of what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    # GOV.UK's and MOJ's stylesheets name files by addresses at the root (/assets/...) that the portal never serves,
    # because it uses neither the crown nor the Transport typeface; those stay as they are.
    manifest_strict = False
