// Support stands here.
