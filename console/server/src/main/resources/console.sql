CREATE TABLE IF NOT EXISTS account (
    name text PRIMARY KEY CHECK (name = lower(name)),
    display_name text NOT NULL,
    password text,
    pin text,
    roles text[] NOT NULL,
    groups text[] NOT NULL DEFAULT '{}',
    sites text[] NOT NULL DEFAULT '{}',
    agency text,
    disabled boolean NOT NULL DEFAULT false,
    last_login_at timestamptz,
    -- From where the person has signed in, the last place first: the limits of wrong passwords ask.
    origins text[] NOT NULL DEFAULT '{}',
    -- Sessions that were begun with another one are over.
    mark text NOT NULL DEFAULT gen_random_uuid()::text,
    -- When a link for the login was made last; what was private before is not shown to who has it.
    since timestamptz NOT NULL DEFAULT now(),
    language text NOT NULL DEFAULT 'es-MX',
    -- Of a person whom an OpenID Connect provider signs in, and no one else.
    issuer text,
    subject text,
    UNIQUE (issuer, subject)
);

-- What a supervisor has asked for and a second one is to confirm.
CREATE TABLE IF NOT EXISTS account_request (
    request_id text PRIMARY KEY,
    name text NOT NULL,
    is_new boolean NOT NULL,
    body jsonb NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now()
);

-- One-time links; the token itself is nowhere. Without a name: of the first supervisor.
CREATE TABLE IF NOT EXISTS invitation (
    token_hash text PRIMARY KEY,
    name text REFERENCES account,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);

CREATE TABLE IF NOT EXISTS wall (
    wall integer PRIMARY KEY,
    key_hash text NOT NULL UNIQUE,
    site text,
    mark text NOT NULL
);

CREATE TABLE IF NOT EXISTS act (
    act_id text PRIMARY KEY,
    item text NOT NULL,
    type text NOT NULL,
    body jsonb NOT NULL,
    topic text NOT NULL,
    key text NOT NULL,
    message bytea,
    operator text NOT NULL,
    position text,
    site text NOT NULL,
    at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    state text NOT NULL
);
CREATE INDEX IF NOT EXISTS act_item ON act (item, at);
CREATE INDEX IF NOT EXISTS act_operator ON act (operator, at);
CREATE INDEX IF NOT EXISTS act_due ON act (due_at) WHERE state IN ('HELD', 'SENDING');

CREATE TABLE IF NOT EXISTS operator_mute (
    mute_id text PRIMARY KEY,
    body jsonb NOT NULL,
    ends_at timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS saved_view (
    view_id text PRIMARY KEY,
    owner text NOT NULL,
    name text NOT NULL,
    query text NOT NULL,
    shared boolean NOT NULL,
    created_at timestamptz NOT NULL
);

-- Of a covert entry, or one for some groups alone, who may know of it.
CREATE TABLE IF NOT EXISTS hotlist_entry (
    entry_id text PRIMARY KEY,
    author text NOT NULL,
    notified text[]
);

-- Each record's hash covers the one before it.
CREATE TABLE IF NOT EXISTS lookup_audit (
    id bigint PRIMARY KEY,
    at bigint NOT NULL,
    record text NOT NULL,
    notified text[],
    hash text NOT NULL
);

-- Up to which record of lookup_audit topic look-ups has them.
CREATE TABLE IF NOT EXISTS look_up_sent (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    id bigint NOT NULL
);
INSERT INTO look_up_sent (id) VALUES (0) ON CONFLICT DO NOTHING;

-- Records of lookup_audit that topic look-ups cannot hold, with the field at fault.
CREATE TABLE IF NOT EXISTS look_up_set_aside (id bigint PRIMARY KEY, field text NOT NULL);

-- As Spring Security has them.
CREATE TABLE IF NOT EXISTS user_entities (
    id varchar(1000) PRIMARY KEY,
    name varchar(100) NOT NULL UNIQUE,
    display_name varchar(200)
);
CREATE TABLE IF NOT EXISTS user_credentials (
    credential_id varchar(1000) PRIMARY KEY,
    user_entity_user_id varchar(1000) NOT NULL REFERENCES user_entities ON DELETE CASCADE,
    public_key bytea NOT NULL,
    signature_count bigint,
    uv_initialized boolean,
    backup_eligible boolean NOT NULL,
    authenticator_transports varchar(1000),
    public_key_credential_type varchar(100),
    backup_state boolean NOT NULL,
    attestation_object bytea,
    attestation_client_data_json bytea,
    created timestamp,
    last_used timestamp,
    label varchar(1000) NOT NULL
);

-- As Spring Session has it.
CREATE TABLE IF NOT EXISTS spring_session (
    primary_id char(36) NOT NULL PRIMARY KEY,
    session_id char(36) NOT NULL UNIQUE,
    creation_time bigint NOT NULL,
    last_access_time bigint NOT NULL,
    max_inactive_interval integer NOT NULL,
    expiry_time bigint NOT NULL,
    principal_name varchar(100)
);
CREATE INDEX IF NOT EXISTS spring_session_expiry ON spring_session (expiry_time);
CREATE INDEX IF NOT EXISTS spring_session_principal ON spring_session (principal_name);
CREATE TABLE IF NOT EXISTS spring_session_attributes (
    session_primary_id char(36) NOT NULL REFERENCES spring_session (primary_id) ON DELETE CASCADE,
    attribute_name varchar(200) NOT NULL,
    attribute_bytes bytea NOT NULL,
    PRIMARY KEY (session_primary_id, attribute_name)
);
