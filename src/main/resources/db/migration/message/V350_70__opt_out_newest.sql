-- The list shows what is in force; past a revoked one it would have to read on.
drop index message.opt_out_newest;
create index opt_out_newest on message.opt_out (since desc, id desc) where ended_at is null;
