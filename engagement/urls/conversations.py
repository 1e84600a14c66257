"""Conversations: the list, one, and writing in one."""

from django.urls import path

from engagement.views import conversations as views

urlpatterns = [
    path("conversations/", views.ConversationList.as_view(), name="conversation-list"),
    path("conversations/new/", views.ConversationCreate.as_view(), name="conversation-create"),
    path("conversations/<uuid:pk>/", views.ConversationDetail.as_view(), name="conversation-detail"),
    path("conversations/<uuid:pk>/edit/", views.ConversationEdit.as_view(), name="conversation-edit"),
    path("conversations/<uuid:pk>/draft/", views.ConversationDraft.as_view(), name="conversation-draft"),
    path("conversations/<uuid:pk>/open-full/", views.ConversationOpenFull.as_view(), name="conversation-open-full"),
    path("conversations/<uuid:pk>/move/", views.ConversationMove.as_view(), name="conversation-move"),
    path("conversations/<uuid:pk>/delete/", views.ConversationDiscard.as_view(), name="conversation-discard"),
]
