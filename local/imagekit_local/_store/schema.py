"""
Tables, and the steps that migrate a database of any older version.

Step N migrates version N-1 to version N. A released step is never edited; a change is a new step.
"""

from __future__ import annotations

from imagekit_local._store.database import Action
from imagekit_local._store.indexing import index_all

# One row per version of a file and per folder, so that lists and searches read a single table. Columns that are null
# for folders are for files only. Times are microseconds since 1970 in UTC, lists and objects are JSON.
_ASSETS = (
    """
    CREATE TABLE asset (
        id TEXT PRIMARY KEY,
        type TEXT NOT NULL CHECK (type IN ('file', 'file-version', 'folder')),
        file_id TEXT NOT NULL,
        folder TEXT NOT NULL,
        name TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        uploaded_at INTEGER,
        version_count INTEGER,
        number INTEGER,
        size INTEGER,
        mime TEXT,
        format TEXT,
        is_image INTEGER,
        width INTEGER,
        height INTEGER,
        has_alpha INTEGER,
        has_color_profile INTEGER,
        is_private INTEGER,
        is_published INTEGER,
        delivery_id TEXT,
        description TEXT,
        custom_coordinates TEXT,
        webhook_url TEXT,
        tags TEXT,
        ai_tags TEXT,
        custom_metadata TEXT,
        embedded TEXT
    )
    """,
    "CREATE UNIQUE INDEX asset_file ON asset (folder, name) WHERE type = 'file'",
    "CREATE UNIQUE INDEX asset_folder ON asset (folder, name) WHERE type = 'folder'",
    "CREATE INDEX asset_versions ON asset (file_id)",
    "CREATE INDEX asset_children ON asset (folder, type, created_at, id)",
    "CREATE INDEX asset_kind ON asset (type, is_image, created_at, id)",
    *(
        # The last column lets the index alone serve a filter by file type.
        f"CREATE INDEX asset_{column} ON asset (type, {column}, created_at, id, is_image)"
        for column in ("name", "updated_at", "size", "width", "height")
    ),
    "CREATE INDEX asset_created_at ON asset (type, created_at, id, is_image)",
    """
    CREATE TABLE tag (
        asset_id TEXT NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        is_ai INTEGER NOT NULL,
        PRIMARY KEY (asset_id, name, is_ai)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX tag_name ON tag (name, is_ai, asset_id)",
)
_DOCUMENTS = (
    """
    CREATE TABLE document (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        body TEXT NOT NULL,
        UNIQUE (kind, id)
    )
    """,
)
# Index tables for searches: words, texts, numbers and flags of an asset by field, and where its image was taken. The
# last three columns of a place are its vector from the center of a globe of radius 1.
_SEARCH = (
    """
    CREATE TABLE word (
        asset_id TEXT NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
        field TEXT NOT NULL,
        word TEXT NOT NULL,
        PRIMARY KEY (asset_id, field, word)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX word_word ON word (field, word, asset_id)",
    """
    CREATE TABLE attribute (
        asset_id TEXT NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
        field TEXT NOT NULL,
        value NOT NULL,
        moment INTEGER,
        PRIMARY KEY (asset_id, field, value)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX attribute_value ON attribute (field, value, asset_id)",
    "CREATE INDEX attribute_moment ON attribute (field, moment, asset_id) WHERE moment IS NOT NULL",
    """
    CREATE TABLE place (
        asset_id TEXT PRIMARY KEY REFERENCES asset (id) ON DELETE CASCADE,
        latitude REAL NOT NULL,
        longitude REAL NOT NULL,
        x REAL NOT NULL,
        y REAL NOT NULL,
        z REAL NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX place_latitude ON place (latitude, longitude)",
    *(
        f"CREATE INDEX asset_{column} ON asset (type, {column}, created_at, id, is_image)"
        for column in ("mime", "is_private", "is_published")
    ),
)
# Assets get numbers, which the index tables refer to: a search compares and collects many, and texts cost several times
# as much. Every column that a clause can ask for has an index, so that no search reads whole rows.
_ASSET_COLUMNS = """
    id, type, file_id, folder, name, created_at, updated_at, uploaded_at, version_count, number, size, mime, format,
    is_image, width, height, has_alpha, has_color_profile, is_private, is_published, delivery_id, description,
    custom_coordinates, webhook_url, tags, ai_tags, custom_metadata, embedded
"""
_NUMBERS: tuple[Action, ...] = (
    *(f"DROP TABLE {table}" for table in ("tag", "word", "attribute", "place")),
    "ALTER TABLE asset RENAME TO old_asset",
    """
    CREATE TABLE asset (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        type TEXT NOT NULL CHECK (type IN ('file', 'file-version', 'folder')),
        file_id TEXT NOT NULL,
        folder TEXT NOT NULL,
        name TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        uploaded_at INTEGER,
        version_count INTEGER,
        number INTEGER,
        size INTEGER,
        mime TEXT,
        format TEXT,
        is_image INTEGER,
        width INTEGER,
        height INTEGER,
        has_alpha INTEGER,
        has_color_profile INTEGER,
        is_private INTEGER,
        is_published INTEGER,
        delivery_id TEXT,
        description TEXT,
        custom_coordinates TEXT,
        webhook_url TEXT,
        tags TEXT,
        ai_tags TEXT,
        custom_metadata TEXT,
        embedded TEXT
    )
    """,
    f"INSERT INTO asset ({_ASSET_COLUMNS}) SELECT {_ASSET_COLUMNS} FROM old_asset ORDER BY rowid",
    "DROP TABLE old_asset",
    "CREATE UNIQUE INDEX asset_file ON asset (folder, name) WHERE type = 'file'",
    "CREATE UNIQUE INDEX asset_folder ON asset (folder, name) WHERE type = 'folder'",
    "CREATE INDEX asset_versions ON asset (file_id)",
    "CREATE INDEX asset_children ON asset (folder, type, created_at, id)",
    "CREATE INDEX asset_kind ON asset (type, is_image, created_at, id)",
    *(
        f"CREATE INDEX asset_{column} ON asset (type, {column}, created_at, id, is_image)"
        for column in ("name", "updated_at", "size", "width", "height")
    ),
    "CREATE INDEX asset_created_at ON asset (type, created_at, id, is_image)",
    "CREATE INDEX asset_any_created_at ON asset (created_at, id, type, is_image)",
    *(f"CREATE INDEX asset_{column} ON asset (type, {column})" for column in ("mime", "is_private", "is_published")),
    "CREATE INDEX asset_transparency ON asset (type, (CASE WHEN width IS NOT NULL THEN has_alpha END))",
    """
    CREATE TABLE tag (
        asset_key INTEGER NOT NULL REFERENCES asset (key) ON DELETE CASCADE,
        name TEXT NOT NULL,
        is_ai INTEGER NOT NULL,
        PRIMARY KEY (asset_key, name, is_ai)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX tag_name ON tag (name, is_ai, asset_key)",
    """
    CREATE TABLE word (
        asset_key INTEGER NOT NULL REFERENCES asset (key) ON DELETE CASCADE,
        field TEXT NOT NULL,
        word TEXT NOT NULL,
        PRIMARY KEY (asset_key, field, word)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX word_word ON word (field, word, asset_key)",
    """
    CREATE TABLE attribute (
        asset_key INTEGER NOT NULL REFERENCES asset (key) ON DELETE CASCADE,
        field TEXT NOT NULL,
        value NOT NULL,
        moment INTEGER,
        PRIMARY KEY (asset_key, field, value)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX attribute_value ON attribute (field, value, asset_key)",
    "CREATE INDEX attribute_moment ON attribute (field, moment, asset_key) WHERE moment IS NOT NULL",
    """
    CREATE TABLE place (
        asset_key INTEGER PRIMARY KEY REFERENCES asset (key) ON DELETE CASCADE,
        latitude REAL NOT NULL,
        longitude REAL NOT NULL,
        x REAL NOT NULL,
        y REAL NOT NULL,
        z REAL NOT NULL
    )
    """,
    "CREATE INDEX place_latitude ON place (latitude, longitude)",
    index_all,
)
# Remaining tasks of a job on a folder, in this order: files by id and folders, each with the folder it was in.
_TASKS = (
    """
    CREATE TABLE task (
        position INTEGER PRIMARY KEY,
        job_id TEXT NOT NULL,
        type TEXT NOT NULL,
        asset_id TEXT NOT NULL,
        folder TEXT NOT NULL,
        name TEXT NOT NULL
    )
    """,
    "CREATE INDEX task_job ON task (job_id)",
)
STEPS = (_ASSETS, _DOCUMENTS, _SEARCH, _NUMBERS, _TASKS)
