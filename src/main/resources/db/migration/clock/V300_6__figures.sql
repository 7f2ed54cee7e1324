-- What was due, or started, within a period. Clocks come in the order of time, so that a few ranges of blocks hold each period; a tree
-- would cost every start and every stop.
create index clock_times on clock.clock
    using brin (due_at timestamptz_minmax_multi_ops, started_at timestamptz_minmax_multi_ops)
    with (pages_per_range = 32, autosummarize = on);
create index fired_late on clock.fired (warning_at) where late;

-- A draft of a policy run over what was; position: the clocks before (reached_at, reached_id) are still to be counted.
create table clock.what_if (
    id uuid primary key,
    pack text not null,
    pack_version integer not null,
    revision integer not null,
    name text not null,
    terms jsonb not null,
    days integer not null check (days between 1 and 120),
    from_at timestamptz not null,
    at timestamptz not null check (at > from_at),
    started_by text not null,
    state text not null check (state in ('RUNNING', 'DONE', 'FAILED')),
    worker text,
    lease_until timestamptz,
    attempts integer not null default 0,
    error text,
    reached_at timestamptz not null,
    reached_id uuid not null,
    counted integer not null default 0,
    is_cut boolean not null default false,
    met_before integer not null default 0,
    missed_before integer not null default 0,
    open_before integer not null default 0,
    met_after integer not null default 0,
    missed_after integer not null default 0,
    open_after integer not null default 0,
    became_missed integer not null default 0,
    became_met integer not null default 0,
    changed integer not null default 0
);

create index what_if_running on clock.what_if (at, id) where state = 'RUNNING';
create index what_if_at on clock.what_if (at);

create table clock.what_if_case (
    what_if_id uuid not null references clock.what_if on delete cascade,
    number integer not null,
    subject_kind text not null,
    subject_id uuid not null,
    clock_id uuid not null,
    severity text not null,
    started_at timestamptz not null,
    stopped_at timestamptz,
    before text not null,
    after text not null,
    due_before timestamptz not null,
    due_after timestamptz not null,
    primary key (what_if_id, number)
);

create view clock.api_outcomes as
select subject_kind, subject_id, id, pack, name, severity, grade, started_at, due_at, state, stopped_at, pause_count, extension_count
from clock.clock;

create view clock.api_pauses as
select subject_id, clock_id, reason, from_at, to_at from clock.pause;
