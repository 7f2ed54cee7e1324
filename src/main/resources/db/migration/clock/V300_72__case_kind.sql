-- By what clocks are listed and counted, so that neither needs the subjects themselves; whoever owns them keeps it true.
alter table clock.clock add column case_kind text, add column department text;

-- What is due next: whatever narrows a list is decided in its index.
drop index clock.clock_due;
drop index clock.clock_grade_due;
create index clock_due on clock.clock (due_at, id, severity, subject_kind) where state = 'RUNNING';
create index clock_grade_due on clock.clock (grade, due_at, id, severity, department, subject_kind) where state = 'RUNNING';
create index clock_department_due on clock.clock (department, due_at, id, severity, subject_kind) where state = 'RUNNING';

-- What stood still is counted in another way; it is a few in a hundred.
create index clock_paused on clock.clock (due_at) where pause_count > 0;

create or replace view clock.api_clocks as
select subject_id, id, subject_kind, name, pack, pack_version, revision, severity, calendar, amount, extended_by, grade, started_at, due_at,
       assumed_year, state, stopped_at, rebased_at, fired, next_alarm_at, alarm_error, case_kind, department
from clock.clock;

create or replace view clock.api_outcomes as
select subject_kind, subject_id, id, pack, name, severity, grade, started_at, due_at, state, stopped_at, pause_count, extension_count,
       case_kind, department
from clock.clock;
