"""Our readiness: the training of the hub's people and its partners', joint visits and moderated conversations.

Ofsted asks hubs to "ensure that their own staff and partners are well trained and ready to do this work" (Music in
schools: what hubs must do, 2013); the annex to the Local Plan says how far they are."""
