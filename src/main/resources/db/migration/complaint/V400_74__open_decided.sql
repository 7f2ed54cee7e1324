-- The open ones of a department or of a stage, narrowed by what few of these have: that is decided in the index as well, without fetching
-- every open complaint of the department.
drop index complaint.complaint_open_department;
create index complaint_open_department on complaint.complaint
    (department, coalesce(due_at, 'infinity'), id, stage, kind, channel, category, severity, priority) where archived_at is null;
drop index complaint.complaint_open_stage;
create index complaint_open_stage on complaint.complaint
    (stage, coalesce(due_at, 'infinity'), id, department, kind, channel, category, severity, priority) where archived_at is null;
