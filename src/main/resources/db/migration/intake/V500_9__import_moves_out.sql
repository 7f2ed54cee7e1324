-- Imports are a module of their own now. The tables keep their rows; only intake may give them away.
create schema if not exists imports;
alter table intake.import_run set schema imports;
alter table intake.import_rejection set schema imports;
alter table intake.import_warning set schema imports;
