// What libgit2's archive would need from its TLS, SSH, Kerberos and HTTP parts.
//
// hookkit opens repositories on disk and never speaks a network protocol, so none of these is ever
// called. Each is present so that nothing is left unresolved at link time, and each aborts: a stray
// call is a crash, and a crash is a shut gate. libgit2's own TLS start-up costs 4.7 ms.
#if defined(__linux__)
#include <stdio.h>
#include <stdlib.h>

int __wrap_git_mbedtls_stream_global_init(void);
int __wrap_git_transport_ssh_global_init(void);
int __wrap_git_mbedtls_stream_global_init(void) { return 0; }
int __wrap_git_transport_ssh_global_init(void) { return 0; }

static void unreachable_network(const char *name) __attribute__((noreturn));
static void unreachable_network(const char *name) {
  fprintf(stderr, "hookkit: internal error: %s was called, and hookkit uses no network\n", name);
  abort();
}

#define ABSENT(name) \
  void name(void);   \
  void name(void) { unreachable_network(#name); }

ABSENT(gss_delete_sec_context)
ABSENT(gss_display_status)
ABSENT(gss_import_name)
ABSENT(gss_indicate_mechs)
ABSENT(gss_init_sec_context)
ABSENT(gss_release_buffer)
ABSENT(gss_release_name)
ABSENT(gss_release_oid_set)
ABSENT(http_errno_description)
ABSENT(http_parser_execute)
ABSENT(http_parser_init)
ABSENT(http_parser_parse_url)
ABSENT(http_parser_pause)
ABSENT(http_should_keep_alive)
ABSENT(libssh2_agent_connect)
ABSENT(libssh2_agent_disconnect)
ABSENT(libssh2_agent_free)
ABSENT(libssh2_agent_get_identity)
ABSENT(libssh2_agent_init)
ABSENT(libssh2_agent_list_identities)
ABSENT(libssh2_agent_userauth)
ABSENT(libssh2_channel_close)
ABSENT(libssh2_channel_free)
ABSENT(libssh2_channel_open_ex)
ABSENT(libssh2_channel_process_startup)
ABSENT(libssh2_channel_read_ex)
ABSENT(libssh2_channel_set_blocking)
ABSENT(libssh2_channel_write_ex)
ABSENT(libssh2_exit)
ABSENT(libssh2_hostkey_hash)
ABSENT(libssh2_init)
ABSENT(libssh2_knownhost_checkp)
ABSENT(libssh2_knownhost_free)
ABSENT(libssh2_knownhost_init)
ABSENT(libssh2_knownhost_readfile)
ABSENT(libssh2_session_abstract)
ABSENT(libssh2_session_disconnect_ex)
ABSENT(libssh2_session_free)
ABSENT(libssh2_session_handshake)
ABSENT(libssh2_session_hostkey)
ABSENT(libssh2_session_init_ex)
ABSENT(libssh2_session_last_error)
ABSENT(libssh2_session_method_pref)
ABSENT(libssh2_session_set_blocking)
ABSENT(libssh2_userauth_authenticated)
ABSENT(libssh2_userauth_keyboard_interactive_ex)
ABSENT(libssh2_userauth_list)
ABSENT(libssh2_userauth_password_ex)
ABSENT(libssh2_userauth_publickey)
ABSENT(libssh2_userauth_publickey_fromfile_ex)
ABSENT(libssh2_userauth_publickey_frommemory)
ABSENT(mbedtls_ssl_close_notify)
ABSENT(mbedtls_ssl_conf_authmode)
ABSENT(mbedtls_ssl_conf_ca_chain)
ABSENT(mbedtls_ssl_conf_ciphersuites)
ABSENT(mbedtls_ssl_conf_min_version)
ABSENT(mbedtls_ssl_conf_rng)
ABSENT(mbedtls_ssl_config_defaults)
ABSENT(mbedtls_ssl_config_free)
ABSENT(mbedtls_ssl_config_init)
ABSENT(mbedtls_ssl_free)
ABSENT(mbedtls_ssl_get_ciphersuite_id)
ABSENT(mbedtls_ssl_get_peer_cert)
ABSENT(mbedtls_ssl_get_verify_result)
ABSENT(mbedtls_ssl_handshake)
ABSENT(mbedtls_ssl_init)
ABSENT(mbedtls_ssl_read)
ABSENT(mbedtls_ssl_set_bio)
ABSENT(mbedtls_ssl_set_hostname)
ABSENT(mbedtls_ssl_setup)
ABSENT(mbedtls_ssl_write)
ABSENT(mbedtls_x509_crt_free)
ABSENT(mbedtls_x509_crt_init)
ABSENT(mbedtls_x509_crt_parse_file)
ABSENT(mbedtls_x509_crt_parse_path)
ABSENT(mbedtls_x509_crt_verify_info)
void *GSS_C_NT_HOSTBASED_SERVICE;
#endif
