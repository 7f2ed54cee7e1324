-- Robots of staff groups. Address and secret are encrypted with data_key, which is wrapped by the master key.
create table message.robot (
    id uuid primary key,
    name text not null,
    kind text not null check (kind in ('WECOM', 'DINGTALK', 'FEISHU')),
    data_key bytea not null,
    url bytea not null,
    secret bytea,
    language text not null,
    -- empty: all of them
    severities text[] not null,
    departments text[] not null,
    is_active boolean not null,
    created_at timestamptz not null,
    -- how much of each limit of its kind was left, and when
    levels double precision[],
    levels_at timestamptz,
    -- when it may say something next: after a refusal, or when who sends for it must be done
    ready_at timestamptz not null,
    attempts integer not null default 0,
    sent_at timestamptz,
    failing_since timestamptz,
    error text
);
create unique index robot_name on message.robot (name);

-- What a robot has to say. Kept after that, so that nothing is said twice.
create table message.robot_notice (
    robot_id uuid not null references message.robot on delete cascade,
    occasion uuid not null,
    text_key text not null,
    arguments text[] not null,
    href text not null,
    weight integer not null,
    at timestamptz not null,
    ready_at timestamptz not null,
    state text not null check (state in ('WAITING', 'SENT', 'FAILED')),
    ended_at timestamptz,
    primary key (robot_id, occasion),
    check ((state = 'WAITING') = (ended_at is null))
);
create index robot_notice_waiting on message.robot_notice (robot_id, ready_at) where state = 'WAITING';
create index robot_notice_ended on message.robot_notice (ended_at) where ended_at is not null;

-- Texts to phones while no provider sends them: an administrator reads them out. Encrypted with data_key.
create table message.outbox (
    id uuid primary key,
    data_key bytea not null,
    phone bytea not null,
    body bytea not null,
    created_at timestamptz not null
);
create index outbox_newest on message.outbox (created_at desc, id desc);
