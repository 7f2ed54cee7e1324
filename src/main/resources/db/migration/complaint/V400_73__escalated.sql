-- To whom a complaint has escalated, as long as nobody has acknowledged it, and when it is due next. Every page of the desk counts them
-- for its reader, and the list of somebody who leads many shows the first hundred of tens of thousands: an index on the complaint's own
-- row found all of them, in no order, and each wide row was looked at.
create table complaint.escalated (
    complaint_id uuid not null references complaint.complaint,
    person uuid not null,
    due_at timestamptz,
    primary key (complaint_id, person)
);
create index escalated_to on complaint.escalated (person, coalesce(due_at, 'infinity'), complaint_id);

insert into complaint.escalated (complaint_id, person, due_at)
select id, unnest(escalated_to), due_at from complaint.complaint where escalated_to is not null;

alter table complaint.complaint drop column escalated_to;
