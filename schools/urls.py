"""Addresses of schools, contacts and people. A school is named by its URN, a trust by its group number, a hub by its
short name, everything else by a UUID."""

from django.urls import path

from schools.views import (
    bulk,
    changes,
    contact_imports,
    contacts,
    dated_facts,
    duplicates,
    handovers,
    hubs,
    invitations,
    manual,
    people,
    register_imports,
    relationships,
    saved_views,
    schools,
    successions,
    term_dates,
    trusts,
)

app_name = "schools"

school_urls = [
    path("schools/", schools.SchoolList.as_view(), name="school-list"),
    path("schools/export.<str:format>/", schools.SchoolExport.as_view(), name="school-export"),
    path("schools/<int:urn>/", schools.SchoolDetail.as_view(), name="school-detail"),
    path("schools/<int:urn>/records/", schools.SchoolRecords.as_view(), name="school-records"),
    path("schools/<int:urn>/owner/", relationships.RelationshipEdit.as_view(), name="relationship-edit"),
]
list_urls = [
    path("lists/views/", saved_views.SavedViewList.as_view(), name="saved-view-list"),
    path("lists/views/new/", saved_views.SavedViewCreate.as_view(), name="saved-view-create"),
    path("lists/views/<uuid:uuid>/", saved_views.SavedViewEdit.as_view(), name="saved-view-edit"),
    path("lists/views/<uuid:uuid>/delete/", saved_views.SavedViewDelete.as_view(), name="saved-view-delete"),
    path("lists/views/<uuid:uuid>/start/", saved_views.SavedViewStart.as_view(), name="saved-view-start"),
    path("lists/exports/", saved_views.ExportList.as_view(), name="export-list"),
]
bulk_urls = [
    path("schools/several/", bulk.BulkList.as_view(), name="bulk-list"),
    path("schools/several/new/", bulk.BulkCreate.as_view(), name="bulk-create"),
    path("schools/several/<uuid:uuid>/", bulk.BulkDetail.as_view(), name="bulk-detail"),
    path("schools/several/<uuid:uuid>/undo/", bulk.BulkUndo.as_view(), name="bulk-undo"),
]
manual_urls = [
    path("schools/new/", manual.SchoolCreate.as_view(), name="school-create"),
    path("schools/<int:urn>/edit/", manual.SchoolEdit.as_view(), name="school-edit"),
    path("schools/<int:urn>/close/", manual.SchoolClose.as_view(), name="school-close"),
    path("schools/<int:urn>/reopen/", manual.SchoolReopen.as_view(), name="school-reopen"),
    path("schools/organisations/", manual.OrganisationList.as_view(), name="organisation-list"),
    path("schools/organisations/export.<str:format>/", manual.OrganisationExport.as_view(), name="organisation-export"),
    path("schools/organisations/new/", manual.SchoolCreate.as_view(is_organisation=True), name="organisation-create"),
]
hub_urls = [
    path("schools/areas/<slug:slug>/", hubs.HubAreaDetail.as_view(), name="hub-area"),
]
handover_urls = [
    path("schools/handovers/", handovers.HandoverList.as_view(), name="handover-list"),
    path("schools/handovers/offer/", handovers.HandoverOffer.as_view(), name="handover-offer"),
    path("schools/handovers/answer/", handovers.HandoverAnswerAll.as_view(), name="handover-answer-all"),
    path("schools/handovers/withdraw/", handovers.HandoverWithdrawAll.as_view(), name="handover-withdraw-all"),
    path("schools/handovers/<uuid:uuid>/", handovers.HandoverDetail.as_view(), name="handover-detail"),
    path("schools/handovers/<uuid:uuid>/withdraw/", handovers.HandoverWithdraw.as_view(), name="handover-withdraw"),
]
trust_urls = [
    path("schools/trusts/", trusts.TrustList.as_view(), name="trust-list"),
    path("schools/trusts/<str:group_uid>/", trusts.TrustDetail.as_view(), name="trust-detail"),
]
term_date_urls = [
    path("schools/term-dates/", term_dates.TermDatesList.as_view(), name="term-dates-list"),
    path(
        "schools/term-dates/authorities/<str:code>/<int:year>/",
        term_dates.AuthorityTermDates.as_view(),
        name="term-dates-authority",
    ),
    path(
        "schools/term-dates/trusts/<str:group_uid>/<int:year>/",
        term_dates.TrustTermDates.as_view(),
        name="term-dates-trust",
    ),
    path(
        "schools/term-dates/schools/<int:urn>/<int:year>/",
        term_dates.SchoolTermDates.as_view(),
        name="term-dates-school",
    ),
]
change_urls = [
    path("schools/changes/", changes.ChangeList.as_view(), name="change-list"),
    path("schools/changes/export.<str:format>/", changes.ChangeExport.as_view(), name="change-export"),
    path("schools/changes/<uuid:uuid>/", changes.ChangeDetail.as_view(), name="change-detail"),
    path("schools/changes/<uuid:uuid>/done/", changes.ChangePress.as_view(), {"press": "done"}, name="change-done"),
    path(
        "schools/changes/<uuid:uuid>/reopen/", changes.ChangePress.as_view(), {"press": "reopen"}, name="change-reopen"
    ),
]
contact_urls = [
    path("schools/<int:urn>/contacts/new/", contacts.ContactCreate.as_view(), name="contact-create"),
    path("contacts/<uuid:uuid>/", contacts.ContactEdit.as_view(), name="contact-edit"),
    path("contacts/<uuid:uuid>/end/", contacts.ContactEnd.as_view(), name="contact-end"),
    path("contacts/<uuid:uuid>/posts/new/", contacts.ContactPostCreate.as_view(), name="contact-post-create"),
    path("contacts/duplicates/", duplicates.ContactDuplicates.as_view(), name="contact-duplicates"),
    path("contacts/<uuid:uuid>/with/<uuid:other>/", duplicates.ContactCompare.as_view(), name="contact-compare"),
    path("contacts/<uuid:uuid>/not/<uuid:other>/", duplicates.ContactApart.as_view(), name="contact-apart"),
    path("contact-merges/<uuid:uuid>/undo/", duplicates.ContactMergeUndo.as_view(), name="contact-merge-undo"),
]
contact_import_urls = [
    path("contacts/import/", contact_imports.ContactImportCreate.as_view(), name="contact-import-create"),
    path(
        "contacts/import/template.<str:format>",
        contact_imports.ContactImportTemplate.as_view(),
        name="contact-import-template",
    ),
    path("contacts/import/<uuid:uuid>/", contact_imports.ContactImportDetail.as_view(), name="contact-import-detail"),
    path(
        "contacts/import/<uuid:uuid>/failed/",
        contact_imports.ContactImportFailed.as_view(),
        name="contact-import-failed",
    ),
    path(
        "contacts/import/<uuid:uuid>/discard/",
        contact_imports.ContactImportDiscard.as_view(),
        name="contact-import-discard",
    ),
]
dated_fact_urls = [
    path("schools/<int:urn>/music/", dated_facts.DatedFactList.as_view(), name="dated-fact-list"),
    path("schools/<int:urn>/music/<slug:kind>/", dated_facts.DatedFactCreate.as_view(), name="dated-fact-create"),
    path("dated-facts/<uuid:uuid>/end/", dated_facts.DatedFactEnd.as_view(), name="dated-fact-end"),
    path("dated-facts/<uuid:uuid>/strike/", dated_facts.DatedFactStrike.as_view(), name="dated-fact-strike"),
]
people_urls = [
    path("people/", people.PeopleList.as_view(), name="people-list"),
    path("memberships/<uuid:uuid>/end/", people.MembershipEnd.as_view(), name="membership-end"),
    path("memberships/<uuid:uuid>/acknowledge/", people.MembershipAcknowledge.as_view(), name="membership-acknowledge"),
]
invitation_urls = [
    path("people/invite/", invitations.InvitationCreate.as_view(), name="invitation-create"),
    path("invitations/<uuid:uuid>/send/", invitations.InvitationSend.as_view(), name="invitation-send"),
    path("invitations/<uuid:uuid>/revoke/", invitations.InvitationRevoke.as_view(), name="invitation-revoke"),
    path("invitation/<str:token>/", invitations.InvitationAccept.as_view(), name="invitation-accept"),
]
succession_urls = [
    path("schools/successions/", successions.SuccessionList.as_view(), name="succession-list"),
    path("schools/successions/move/", successions.SuccessionMoveAll.as_view(), name="succession-move-all"),
    path("schools/successions/<uuid:uuid>/", successions.SuccessionDetail.as_view(), name="succession-detail"),
    path("schools/successions/<uuid:uuid>/undo/", successions.SuccessionUndo.as_view(), name="succession-undo"),
    path("schools/successions/<uuid:uuid>/other/", successions.SuccessionChoose.as_view(), name="succession-choose"),
    path("schools/<int:urn>/became/", successions.SuccessionCreate.as_view(), name="succession-create"),
]
register_urls = [
    path("register/", register_imports.RegisterImportList.as_view(), name="register-import-list"),
    path("register/new/", register_imports.RegisterImportCreate.as_view(), name="register-import-create"),
    path("register/<uuid:uuid>/", register_imports.RegisterImportDetail.as_view(), name="register-import-detail"),
    path(
        "register/<uuid:uuid>/status/", register_imports.RegisterImportStatus.as_view(), name="register-import-status"
    ),
    path("register/<uuid:uuid>/apply/", register_imports.RegisterImportApply.as_view(), name="register-import-apply"),
    path("register/<uuid:uuid>/retry/", register_imports.RegisterImportRetry.as_view(), name="register-import-retry"),
    path(
        "register/<uuid:uuid>/discard/",
        register_imports.RegisterImportDiscard.as_view(),
        name="register-import-discard",
    ),
    path(
        "register/<uuid:uuid>/<slug:kind>/<slug:name>/",
        register_imports.RegisterImportRows.as_view(),
        name="register-import-rows",
    ),
    path(
        "register/<uuid:uuid>/<slug:kind>/<slug:name>.csv",
        register_imports.RegisterImportCsv.as_view(),
        name="register-import-csv",
    ),
]

urlpatterns = [
    *school_urls,
    *list_urls,
    *bulk_urls,
    *manual_urls,
    *hub_urls,
    *handover_urls,
    *trust_urls,
    *term_date_urls,
    *change_urls,
    *contact_urls,
    *contact_import_urls,
    *dated_fact_urls,
    *people_urls,
    *invitation_urls,
    *succession_urls,
    *register_urls,
]
