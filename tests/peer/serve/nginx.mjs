/** nginx as someone who wants it fast would set it up for files: a process for each core, sendfile, open files kept, no log. */
export const nginxSettings = (work, port) => `
${process.getuid() === 0 ? 'user root;' : ''}
worker_processes auto;
daemon off;
pid ${work}/nginx.pid;
error_log ${work}/nginx.log;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  open_file_cache max=2000 inactive=60s;
  open_file_cache_valid 60s;
  client_body_temp_path ${work}/body;
  proxy_temp_path ${work}/proxy;
  fastcgi_temp_path ${work}/fastcgi;
  uwsgi_temp_path ${work}/uwsgi;
  scgi_temp_path ${work}/scgi;
  server {
    listen 127.0.0.1:${port} backlog=1024;
    root ${work}/files;
  }
}
`;
