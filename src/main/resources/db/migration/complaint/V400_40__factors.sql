-- The five factors of the last assessment; null before they were stated.
alter table complaint.complaint add column factors jsonb;

-- How many cases somebody got in the last days: registrations have no handler yet and do not pay for it.
create index complaint_handled on complaint.complaint (handler, received_at) where handler is not null;

-- Nobody has stood up for these yet: the gravest first, then what is due next.
create index complaint_unconfirmed on complaint.complaint
    ((case priority when 'HIGH' then 1 when 'MEDIUM' then 2 else 3 end), coalesce(due_at, 'infinity'), id)
    where owner_confirmed_at is null and archived_at is null and joined_to is null;

-- Who decided a complaint must not decide it again when the customer did not accept.
create view complaint.api_decision as
select complaint_id, seq, at, actor from complaint.event where type = 'Solved';

create view complaint.api_unconfirmed as
select id, department, case priority when 'HIGH' then 1 when 'MEDIUM' then 2 else 3 end as urgency,
    coalesce(due_at, 'infinity') as due
from complaint.complaint
where owner_confirmed_at is null and archived_at is null and joined_to is null;
