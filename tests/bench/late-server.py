#!/usr/bin/env python3
"""A web server on 127.0.0.1 whose answers come late: late-server.py PORT FOLDER SECONDS"""
import asyncio
import os
import sys

PORT, FOLDER, LATE = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])


async def serve(reader, writer):
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            path = os.path.join(FOLDER, os.path.basename(lines[0].split(" ")[1]))
            await asyncio.sleep(LATE)
            with open(path, "rb") as file:
                body = file.read()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
                         b"Content-Length: %d\r\n\r\n" % len(body) + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", PORT)
    async with server:
        await server.serve_forever()


asyncio.run(main())
