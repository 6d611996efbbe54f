-- Triggers and views of the archive. Created anew after every migration, since a batch migration
-- drops triggers without a word. Each view answers a question people ask; docs/questions.md uses them.

-- What is written once stays ----------------------------------------------------------------------

CREATE TRIGGER edges_never_change BEFORE UPDATE ON edges
BEGIN SELECT RAISE(ABORT, 'edges are append-only: a correction is a new row'); END;

CREATE TRIGGER edges_never_go BEFORE DELETE ON edges
BEGIN SELECT RAISE(ABORT, 'edges are append-only: a correction is a new row'); END;

CREATE TRIGGER log_never_changes BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only: a correction is a new row'); END;

CREATE TRIGGER log_never_goes BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only: a correction is a new row'); END;

CREATE TRIGGER decisions_never_change BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'the decision book is append-only: a correction is a new decision'); END;

CREATE TRIGGER decisions_never_go BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'the decision book is append-only: a correction is a new decision'); END;

CREATE TRIGGER files_are_what_they_are BEFORE UPDATE ON files
BEGIN SELECT RAISE(ABORT, 'a kept file never changes: other bytes are another file'); END;

CREATE TRIGGER studio_is_one BEFORE INSERT ON studio WHEN EXISTS (SELECT 1 FROM studio)
BEGIN SELECT RAISE(ABORT, 'an archive belongs to one studio'); END;

CREATE TRIGGER studio_epoch_only_grows BEFORE UPDATE OF epoch ON studio WHEN NEW.epoch < OLD.epoch
BEGIN SELECT RAISE(ABORT, 'the epoch only grows'); END;

-- Runs --------------------------------------------------------------------------------------------

CREATE TRIGGER runs_never_go BEFORE DELETE ON runs
BEGIN SELECT RAISE(ABORT, 'runs stay: they are part of the lineage'); END;

CREATE TRIGGER runs_finished_are_frozen BEFORE UPDATE OF
    id, person_id, group_id, group_order, after, lane, needs, kind, model, own_priority, state,
    attempt, deaths, epoch, cancel_asked, cancelled_by, progress_done, progress_total,
    estimated_seconds, measured_seconds, measured_bytes, asked, began, ended, stood, paused, blocked
ON runs WHEN OLD.state IN ('completed', 'failed', 'cancelled')
BEGIN SELECT RAISE(ABORT, 'a finished run is frozen: a correction is a new row'); END;

-- The words of a finished run may only go, and only once its work is a tombstone.
CREATE TRIGGER runs_finished_keep_their_words BEFORE UPDATE OF
    score, score_hash, recipe, understood, reason
ON runs WHEN OLD.state IN ('completed', 'failed', 'cancelled') AND NOT (
    NEW.score IS NULL AND NEW.score_hash IS NULL AND NEW.recipe IS NULL
    AND NEW.understood IS NULL AND NEW.reason IS NULL
    AND EXISTS (SELECT 1 FROM works WHERE works.run_id = OLD.id AND works.deleted IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'a finished run is frozen: only deleting its work empties it'); END;

CREATE TRIGGER runs_scores_are_frozen BEFORE UPDATE OF score, score_hash ON runs
WHEN OLD.state IN ('queued', 'in_progress')
BEGIN SELECT RAISE(ABORT, 'a score is frozen once it was asked for'); END;

CREATE TRIGGER runs_tasks_are_frozen BEFORE UPDATE OF task ON runs
BEGIN SELECT RAISE(ABORT, 'a task is frozen once it was asked for'); END;

CREATE TRIGGER runs_start_from_the_line BEFORE UPDATE OF state ON runs
WHEN OLD.state = 'queued' AND NEW.state = 'completed'
BEGIN SELECT RAISE(ABORT, 'a run is completed only while in progress'); END;

CREATE TRIGGER runs_attempts_only_grow BEFORE UPDATE OF attempt, deaths ON runs
WHEN NEW.attempt < OLD.attempt OR NEW.deaths < OLD.deaths
BEGIN SELECT RAISE(ABORT, 'attempts and deaths only grow'); END;

-- The line ----------------------------------------------------------------------------------------

CREATE TRIGGER studio_line_never_runs_backwards BEFORE UPDATE OF line_time ON studio
WHEN NEW.line_time < OLD.line_time
BEGIN SELECT RAISE(ABORT, 'the clock of the line never runs backwards'); END;

-- A person's next run of a lane, model and needs: whatever is inserted here is found anew in `turns`.
CREATE VIEW turn_anew AS SELECT lane, person_id, model, needs FROM turns;

CREATE TRIGGER turns_are_found_anew INSTEAD OF INSERT ON turn_anew
BEGIN
    DELETE FROM turns WHERE lane = NEW.lane AND person_id = NEW.person_id
        AND model = NEW.model AND needs = NEW.needs;
    INSERT INTO turns (lane, person_id, model, needs, kind, level, newcomer, own_priority, stood, run_id)
    SELECT r.lane, r.person_id, r.model, r.needs, p.kind, coalesce(u.level, -1e300),
        coalesce(u.begun, 0) = 0, r.own_priority, r.stood, r.id
    FROM (
        SELECT id, lane, person_id, model, needs, own_priority, stood FROM runs
        WHERE lane = NEW.lane AND person_id = NEW.person_id AND model = NEW.model
            AND needs = NEW.needs AND state = 'queued' AND paused IS NULL AND blocked IS NULL
        ORDER BY own_priority DESC, stood, id LIMIT 1
    ) r
    JOIN people p ON p.id = r.person_id
    LEFT JOIN uses u ON u.lane = r.lane AND u.who = r.person_id;
END;

CREATE TRIGGER turns_follow_who_comes AFTER INSERT ON runs
WHEN NEW.state = 'queued' AND NEW.paused IS NULL AND NEW.blocked IS NULL
BEGIN
    INSERT INTO turn_anew (lane, person_id, model, needs)
    VALUES (NEW.lane, NEW.person_id, NEW.model, NEW.needs);
END;

CREATE TRIGGER turns_follow_what_happens AFTER UPDATE OF state, paused, blocked, own_priority ON runs
WHEN OLD.state = 'queued' OR NEW.state = 'queued'
BEGIN
    INSERT INTO turn_anew (lane, person_id, model, needs)
    VALUES (NEW.lane, NEW.person_id, NEW.model, NEW.needs);
END;

CREATE TRIGGER turns_follow_first_use AFTER INSERT ON uses
BEGIN
    UPDATE turns SET level = NEW.level, newcomer = NEW.begun = 0
    WHERE lane = NEW.lane AND person_id = NEW.who;
END;

CREATE TRIGGER turns_follow_use AFTER UPDATE OF level, begun ON uses
BEGIN
    UPDATE turns SET level = NEW.level, newcomer = NEW.begun = 0
    WHERE lane = NEW.lane AND person_id = NEW.who;
END;

CREATE TRIGGER turns_follow_class AFTER UPDATE OF kind ON people
BEGIN UPDATE turns SET kind = NEW.kind WHERE person_id = NEW.id; END;

-- What is completed holds nobody up any more; what is over waits for nothing.
CREATE TRIGGER awaits_end_with_the_first AFTER UPDATE OF state ON runs WHEN NEW.state = 'completed'
BEGIN
    UPDATE runs SET blocked = nullif(blocked - 1, 0)
    WHERE id IN (SELECT run_id FROM awaits WHERE first_id = NEW.id);
    DELETE FROM awaits WHERE first_id = NEW.id;
END;

CREATE TRIGGER awaits_end_with_the_run AFTER UPDATE OF state ON runs
WHEN NEW.state IN ('completed', 'failed', 'cancelled')
BEGIN DELETE FROM awaits WHERE run_id = NEW.id; END;

-- Works -------------------------------------------------------------------------------------------

CREATE TRIGGER works_never_go BEFORE DELETE ON works
BEGIN SELECT RAISE(ABORT, 'deleting a work leaves a tombstone'); END;

CREATE TRIGGER works_kept_are_frozen BEFORE UPDATE OF
    id, person_id, run_id, media, width, height, fps, frames, seconds, position, kept
ON works WHEN OLD.kept IS NOT NULL AND NEW.deleted IS NULL
BEGIN SELECT RAISE(ABORT, 'a kept work is frozen: another version is another work'); END;

CREATE TRIGGER works_deleted_stay_deleted BEFORE UPDATE ON works WHEN OLD.deleted IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what was deleted does not come back'); END;

-- How much room each person's works take. Media never change: they come with a work, and go with it.
CREATE TRIGGER shelves_grow AFTER UPDATE OF media ON works
WHEN OLD.media IS NULL AND NEW.media IS NOT NULL
BEGIN
    INSERT INTO shelves (person_id, bytes)
    SELECT NEW.person_id, bytes FROM files WHERE sha256 = NEW.media
    ON CONFLICT (person_id) DO UPDATE SET bytes = bytes + excluded.bytes;
END;

CREATE TRIGGER shelves_grow_by_what_is_brought AFTER INSERT ON works WHEN NEW.media IS NOT NULL
BEGIN
    INSERT INTO shelves (person_id, bytes)
    SELECT NEW.person_id, bytes FROM files WHERE sha256 = NEW.media
    ON CONFLICT (person_id) DO UPDATE SET bytes = bytes + excluded.bytes;
END;

CREATE TRIGGER shelves_shrink AFTER UPDATE OF media ON works
WHEN OLD.media IS NOT NULL AND NEW.media IS NULL
BEGIN
    UPDATE shelves SET bytes = bytes - (SELECT bytes FROM files WHERE sha256 = OLD.media)
    WHERE person_id = OLD.person_id;
END;

-- Given files stand on the same shelf.
CREATE TRIGGER shelves_grow_by_uploads AFTER INSERT ON uploads
BEGIN
    INSERT INTO shelves (person_id, bytes)
    SELECT NEW.person_id, bytes FROM files WHERE sha256 = NEW.sha256
    ON CONFLICT (person_id) DO UPDATE SET bytes = bytes + excluded.bytes;
END;

CREATE TRIGGER shelves_shrink_by_uploads AFTER DELETE ON uploads
BEGIN
    UPDATE shelves SET bytes = bytes - (SELECT bytes FROM files WHERE sha256 = OLD.sha256)
    WHERE person_id = OLD.person_id;
END;

-- Whoever wants to be told of the end of their films is to be told, whatever happens to the processes meanwhile.
CREATE TRIGGER hooks_are_told AFTER UPDATE OF state ON runs
WHEN NEW.state IN ('completed', 'failed', 'cancelled') AND OLD.state IN ('queued', 'in_progress')
BEGIN
    INSERT INTO deliveries (id, hook_id, work_id, event, created, tries, due)
    SELECT lower(hex(randomblob(8))), h.id, w.id,
        CASE NEW.state WHEN 'completed' THEN 'video.completed' ELSE 'video.failed' END, NEW.ended, 0, NEW.ended
    FROM hooks h JOIN works w ON w.run_id = NEW.id
    WHERE h.person_id = NEW.person_id
        AND instr(h.events, CASE NEW.state WHEN 'completed' THEN '"video.completed"' ELSE '"video.failed"' END);
END;

-- Views -------------------------------------------------------------------------------------------

-- Who is in line, and whose turn could come next? Which one it is, fairness says when a performer is free.
CREATE VIEW line AS
SELECT r.id AS run_id, r.person_id, p.kind, r.lane, r.model, r.needs, r.stood, r.own_priority,
    r.paused, r.blocked, t.run_id IS NOT NULL AS is_their_next
FROM runs r
JOIN people p ON p.id = r.person_id
LEFT JOIN turns t ON t.lane = r.lane AND t.person_id = r.person_id AND t.model = r.model
    AND t.needs = r.needs AND t.run_id = r.id
WHERE r.state = 'queued';

-- What does a work look like with everything that belongs to it?
CREATE VIEW work_with_everything AS
SELECT w.id AS work_id, w.person_id, p.name AS person_name, w.visibility, w.kept, w.deleted,
    w.width, w.height, w.fps, w.frames, w.seconds, w.position,
    w.media, f.mime, f.bytes,
    r.id AS run_id, r.state, r.model, r.score, r.recipe, r.understood, r.reason,
    r.group_id, r.attempt, r.deaths, r.estimated_seconds, r.measured_seconds,
    r.asked, r.began, r.ended
FROM works w
JOIN runs r ON r.id = w.run_id
JOIN people p ON p.id = w.person_id
LEFT JOIN files f ON f.sha256 = w.media;

-- Which files does a work use, beside its own media? A file that is gone has no SHA-256 any more.
CREATE VIEW files_of_work AS
SELECT e.source AS work_id, e.target AS salted, f.sha256, f.mime, f.bytes
FROM edges e
LEFT JOIN files f ON f.salted = e.target
WHERE e.relation = 'used' AND e.source LIKE 'w@_%' ESCAPE '@' AND e.target NOT LIKE '_@_%' ESCAPE '@';

-- From what, over how many steps, does a work come? Ask with WHERE work_id = ….
CREATE VIEW lineage_of AS
WITH RECURSIVE up (work_id, ancestor, relation, steps) AS (
    SELECT source, target, relation, 1 FROM edges WHERE source LIKE 'w@_%' ESCAPE '@'
    UNION
    SELECT up.work_id, e.target, e.relation, up.steps + 1
    FROM up JOIN edges e ON e.source = up.ancestor WHERE up.steps < 100
)
SELECT work_id, ancestor, relation, min(steps) AS steps FROM up GROUP BY work_id, ancestor, relation;

-- What has each person kept, and how much room does it take?
CREATE VIEW shelf AS
SELECT p.id AS person_id, p.name, p.kind, count(w.id) AS works,
    coalesce(sum(w.seconds), 0) AS seconds, coalesce(sum(f.bytes), 0) AS bytes
FROM people p
LEFT JOIN works w ON w.person_id = p.id AND w.kept IS NOT NULL AND w.deleted IS NULL
LEFT JOIN files f ON f.sha256 = w.media
GROUP BY p.id, p.name, p.kind;
