-- How far the clocks of a complaint have escalated, who was told of it, which tasks are open: what its history adds up to.
alter table complaint.complaint
    add column escalations jsonb not null default '{}',
    add column escalated_to uuid[],
    add column open_tasks text;
alter table complaint.complaint alter column escalations drop default;

comment on column complaint.complaint.escalated_to is 'who was told of an escalation that nobody has acknowledged; null: nobody';

create index complaint_escalated_to on complaint.complaint using gin (escalated_to) where escalated_to is not null;

create table complaint.task (
    complaint_id uuid not null references complaint.complaint,
    id uuid not null,
    assignee uuid not null,
    text_zh text not null,
    text_en text not null,
    opened_at timestamptz not null,
    due_at timestamptz not null,
    done_at timestamptz,
    -- null while it is open, and when it fell away with its complaint
    done_by text,
    primary key (complaint_id, id)
);
create index task_open on complaint.task (assignee, due_at, id) where done_at is null;
