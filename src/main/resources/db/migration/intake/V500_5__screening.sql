-- The acceptance clock of a message that waits for a person. It stands on the message's own row, as an alarm stands on its clock's: whoever
-- claims the row moves it on in the same transaction, on every node at once.
alter table intake.channel_duty
    add column accept_minutes integer not null default 60,
    add constraint channel_duty_accepts_in_time check (accept_minutes between 1 and 100000),
    add constraint channel_duty_deputy_is_another check (deputy is distinct from screener or deputy is null);

alter table intake.message
    add column due_at timestamptz,
    add column climb_at timestamptz,
    add column climbs integer not null default 0,
    add column answered_at timestamptz,
    add column is_late boolean not null default false,
    add column calls integer not null default 0;

comment on column intake.message.due_at is 'until when a person has to take it up; null when nobody needs an answer';
comment on column intake.message.climb_at is 'when it goes one step up if nobody has claimed it by then';
comment on column intake.message.answered_at is 'when a person decided it or tried to call back for the first time; is_late: after it was due';

create index message_climb on intake.message (climb_at, id) where state = 'PARKED' and climb_at is not null;
create index message_due on intake.message (screener, due_at, id) where state = 'PARKED';
create index message_figures on intake.message (received_at) include (channel, state, reason, stored_at, read_at, answered_at, due_at, is_late);

-- What people did with a message, in its order; the note is encrypted with the message's key.
create table intake.message_step (
    message_id uuid not null references intake.message,
    seq integer not null,
    at timestamptz not null,
    actor text not null,
    what text not null,
    person uuid,
    note bytea,
    primary key (message_id, seq)
);
