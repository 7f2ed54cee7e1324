create schema if not exists clock;

create table clock.clock (
    subject_id uuid not null,
    id uuid not null,
    subject_kind text not null,
    name text not null,
    pack text not null,
    pack_version integer not null,
    severity text not null,
    unit text not null,
    calendar text not null,
    amount integer not null check (amount > 0),
    grade text not null check (grade in ('LEGAL', 'CONTRACT', 'INTERNAL')),
    started_at timestamptz not null,
    due_at timestamptz not null,
    state text not null check (state in ('RUNNING', 'PAUSED', 'MET', 'MISSED', 'CANCELLED')),
    stopped_at timestamptz,
    rebased_at timestamptz,
    warn_at integer[] not null,
    pause_count integer not null default 0,
    fired_level integer not null default 0,
    next_alarm_at timestamptz,
    next_alarm_level integer,
    alarm_attempts integer not null default 0,
    alarm_error text,
    primary key (subject_id, id),
    check (due_at >= started_at),
    check ((stopped_at is null) = (state in ('RUNNING', 'PAUSED'))),
    check (next_alarm_at is null or state = 'RUNNING'),
    check (next_alarm_at is null or next_alarm_level is not null),
    check (next_alarm_level > fired_level)
);

comment on column clock.clock.next_alarm_at is 'when the next warn point is offered to its target; null: none, or parked with alarm_error';
comment on column clock.clock.alarm_error is 'why the target did not take the alarm; it is parked when next_alarm_at is null';

create index clock_next_alarm on clock.clock (next_alarm_at, id) where next_alarm_at is not null;
create index clock_alarm_error on clock.clock (next_alarm_at) where alarm_error is not null;

create table clock.pause (
    subject_id uuid not null,
    clock_id uuid not null,
    number integer not null check (number > 0),
    reason text not null,
    actor text not null,
    from_at timestamptz not null,
    to_at timestamptz check (to_at >= from_at),
    primary key (subject_id, clock_id, number),
    foreign key (subject_id, clock_id) references clock.clock
);

-- The primary key is what makes an alarm fire once.
create table clock.fired (
    subject_id uuid not null,
    clock_id uuid not null,
    level integer not null,
    warning_at timestamptz not null,
    fired_at timestamptz not null,
    node text not null,
    late boolean not null,
    primary key (subject_id, clock_id, level),
    foreign key (subject_id, clock_id) references clock.clock
);

create view clock.api_clocks as
select subject_id, id, subject_kind, name, pack, pack_version, severity, unit, calendar, amount, grade, started_at, due_at, state,
       stopped_at, rebased_at, fired_level, next_alarm_at, alarm_error
from clock.clock;

create view clock.api_fired as
select subject_id, clock_id, level, warning_at, fired_at, node, late from clock.fired;
