"""How the hub's people spend their time with schools: reckoned from what is logged, never from timesheets.

Ofsted asks hubs to "spend a suitable proportion of their staff's time on working with school leaders strategically,
alongside their work in teaching pupils directly" (Music in schools: what hubs must do, 2013)."""
