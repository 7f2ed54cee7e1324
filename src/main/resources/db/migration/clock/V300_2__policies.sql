-- A policy as it was once written down. Running clocks keep theirs, so a row never changes.
create table clock.policy (
    pack text not null,
    pack_version integer not null,
    name text not null,
    revision integer not null check (revision >= 0),
    origin text not null check (origin in ('SHIPPED', 'OWN')),
    terms jsonb not null,
    effective_from timestamptz not null,
    published_at timestamptz not null,
    published_by text not null,
    reason text not null,
    primary key (pack, pack_version, name, revision)
);

comment on column clock.policy.effective_from is 'clocks that start from then on take it; infinity: shipped, but an own one is in force';

drop view clock.api_clocks;
drop view clock.api_fired;

alter table clock.clock
    add column revision integer not null default 0,
    add column calendar_version integer not null default 1,
    add column assumed_year integer,
    add column extension_count integer not null default 0,
    add column rebase_count integer not null default 0,
    add column extended_by integer not null default 0,
    add column fired integer not null default 0,
    add column next_alarm_point text;

update clock.clock c
set fired = (select coalesce(sum(1 << (p.n - 1)::integer), 0) from unnest(c.warn_at) with ordinality p (percent, n)
             where p.percent <= c.fired_level),
    next_alarm_point = c.next_alarm_level || '%';

alter table clock.clock
    drop column unit,
    drop column warn_at,
    drop column fired_level,
    drop column next_alarm_level,
    alter column revision drop default,
    alter column calendar_version drop default,
    add check (next_alarm_at is null or next_alarm_point is not null);

comment on column clock.clock.fired is 'the warn points of the policy that have fired, a bit each, the first one lowest';
comment on column clock.clock.assumed_year is 'the deadline depends on this year, whose holidays nobody has announced';

-- Alarms fire the weightiest grade first, and within a grade the oldest.
drop index clock.clock_next_alarm;
create index clock_next_alarm on clock.clock (grade, next_alarm_at, id) where next_alarm_at is not null;
-- A holiday notice that comes late moves what depends on it.
create index clock_calendar on clock.clock (calendar, calendar_version, id) where stopped_at is null;

alter table clock.fired drop constraint fired_pkey;
alter table clock.fired add column point text;
update clock.fired set point = level || '%';
alter table clock.fired drop column level, alter column point set not null, add primary key (subject_id, clock_id, point);

create table clock.extension (
    subject_id uuid not null,
    clock_id uuid not null,
    number integer not null check (number > 0),
    step integer not null,
    amount integer not null check (amount > 0),
    approver text not null,
    reason text not null,
    at timestamptz not null,
    primary key (subject_id, clock_id, number),
    foreign key (subject_id, clock_id) references clock.clock
);

-- The way a clock was counted until then.
create table clock.rebase (
    subject_id uuid not null,
    clock_id uuid not null,
    number integer not null check (number > 0),
    at timestamptz not null,
    actor text not null,
    reason text not null,
    pack text not null,
    pack_version integer not null,
    name text not null,
    revision integer not null,
    calendar text not null,
    calendar_version integer not null,
    primary key (subject_id, clock_id, number),
    foreign key (subject_id, clock_id) references clock.clock
);

create view clock.api_clocks as
select subject_id, id, subject_kind, name, pack, pack_version, revision, severity, calendar, amount, extended_by, grade, started_at, due_at,
       assumed_year, state, stopped_at, rebased_at, fired, next_alarm_at, alarm_error
from clock.clock;

create view clock.api_fired as
select subject_id, clock_id, point, warning_at, fired_at, node, late from clock.fired;
