-- An owner is told of a run once, also when nothing of it is late.
alter table intake.import_warning add column added integer not null default 0;
