/* A small web server on 127.0.0.1 for tests: a thread per connection, answers by a function. */
#ifndef UNIT_HTTP_SERVER_H
#define UNIT_HTTP_SERVER_H

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "unit.h"

#define HTTP_CONNECTIONS 256
#define HTTP_REQUEST_BYTES 16384

/* One request on a connection. `head` is all up to the empty line. */
struct http_exchange {
    int fd;
    char head[HTTP_REQUEST_BYTES];
    size_t len;
    void *context;
};

/* Answers by http_send(). False: the connection is closed. Runs on a thread of its own. */
typedef bool (*http_answer)(struct http_exchange *exchange);

struct http_server {
    int listener;
    int port;
    http_answer answer;
    void *context;
    pthread_t thread;
    atomic_bool stopped;
    struct http_connection {
        struct http_server *server;
        pthread_t thread;
        int fd;
    } connections[HTTP_CONNECTIONS];
    size_t count;
};

static inline void http_send(struct http_exchange *exchange, struct dw_str bytes)
{
    while (bytes.len > 0) {
        ssize_t put = send(exchange->fd, bytes.at, bytes.len, MSG_NOSIGNAL);
        if (put <= 0)
            return;
        bytes = dw_str_slice(bytes, (size_t)put, bytes.len);
    }
}

static inline struct dw_str http_head(const struct http_exchange *exchange)
{
    return (struct dw_str){exchange->head, exchange->len};
}

/* Waits until the client hangs up or the server is stopped. */
static inline void http_wait_for_hangup(struct http_exchange *exchange)
{
    char byte;
    while (recv(exchange->fd, &byte, 1, 0) > 0)
        continue;
}

/* Reads until the empty line; false: the client hung up. */
static inline bool http_read_head(struct http_exchange *exchange)
{
    exchange->len = 0;
    while (exchange->len < sizeof exchange->head) {
        ssize_t got = recv(exchange->fd, exchange->head + exchange->len, 1, 0);
        if (got <= 0)
            return false;
        exchange->len++;
        if (dw_str_ends(http_head(exchange), DW_STR("\r\n\r\n")))
            return true;
    }
    return false;
}

static inline void *http_serve_connection(void *context)
{
    struct http_connection *connection = context;
    struct http_exchange *exchange = calloc(1, sizeof *exchange);
    assert_non_null(exchange);
    exchange->fd = connection->fd;
    exchange->context = connection->server->context;
    while (http_read_head(exchange) && connection->server->answer(exchange))
        continue;
    shutdown(connection->fd, SHUT_RDWR);
    free(exchange);
    return NULL;
}

static inline void *http_serve(void *context)
{
    struct http_server *server = context;
    while (server->count < HTTP_CONNECTIONS) {
        int fd = accept(server->listener, NULL, NULL);
        if (fd < 0 || atomic_load(&server->stopped)) {
            if (fd >= 0)
                close(fd);
            break;
        }
        struct http_connection *connection = &server->connections[server->count];
        *connection = (struct http_connection){.server = server, .fd = fd};
        if (pthread_create(&connection->thread, NULL, http_serve_connection, connection) != 0)
            break;
        server->count++;
    }
    return NULL;
}

/* A socket on a free port of 127.0.0.1. */
static inline int http_listen(int *port)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t len = sizeof address;
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(fd, 128), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
    *port = ntohs(address.sin_port);
    return fd;
}

/* The server must stay where it is until http_server_stop(). */
static inline void http_server_start(struct http_server *server, http_answer answer, void *context)
{
    *server = (struct http_server){.answer = answer, .context = context};
    server->listener = http_listen(&server->port);
    assert_int_equal(pthread_create(&server->thread, NULL, http_serve, server), 0);
}

static inline void http_server_stop(struct http_server *server)
{
    atomic_store(&server->stopped, true);
    shutdown(server->listener, SHUT_RDWR);
    pthread_join(server->thread, NULL);
    for (size_t i = 0; i < server->count; i++) {
        shutdown(server->connections[i].fd, SHUT_RDWR);
        pthread_join(server->connections[i].thread, NULL);
        close(server->connections[i].fd);
    }
    close(server->listener);
}

#endif
