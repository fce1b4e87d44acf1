/* The floor for a scan of a store: reads and parses the files of all runs, and keeps nothing.
   cc -O2 -pthread scanFloor.c && ./a.out STORE THREADS */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char **runs;
static long run_count, next_run, files, points;
static double sum;

struct reader {
  char *bytes;
  size_t room;
  long files, points;
  double sum;
};

static long long read_integer(char **at) {
  long long number = 0;
  int is_negative = **at == '-';
  for (*at += is_negative; **at >= '0' && **at <= '9'; ++*at) number = 10 * number + (**at - '0');
  return is_negative ? -number : number;
}

/* The latest point by step and time, of lines such as "1700000000000 0.5 12"; only its value is made a number. */
static void read_latest(struct reader *reader) {
  long long latest_step = LLONG_MIN, latest_time = 0;
  char *latest = NULL;
  for (char *at = reader->bytes; *at; at++) {
    long long time = read_integer(&at);
    char *value = at;
    while (*at == ' ') at++;
    while (*at && *at != ' ' && *at != '\n') at++;
    while (*at == ' ') at++;
    long long step = read_integer(&at);
    reader->points++;
    if (step > latest_step || (step == latest_step && time >= latest_time)) {
      latest_step = step;
      latest_time = time;
      latest = value;
    }
    if (*at != '\n') break;
  }
  if (latest) reader->sum += strtod(latest, NULL);
}

static void read_file(struct reader *reader, int folder, const char *name, int is_metric) {
  int file = openat(folder, name, O_RDONLY);
  if (file < 0) return;
  size_t size = 0;
  ssize_t got;
  while ((got = read(file, reader->bytes + size, reader->room - size - 1)) > 0) {
    size += got;
    if (size + 1 == reader->room) reader->bytes = realloc(reader->bytes, reader->room *= 2);
  }
  close(file);
  reader->files++;
  if (!is_metric) return;
  reader->bytes[size] = 0;
  read_latest(reader);
}

static void read_folder(struct reader *reader, const char *run, const char *kind) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", run, kind);
  DIR *folder = opendir(path);
  if (!folder) return;
  for (struct dirent *entry; (entry = readdir(folder));)
    if (entry->d_type == DT_REG) read_file(reader, dirfd(folder), entry->d_name, !strcmp(kind, "metrics"));
  closedir(folder);
}

static void *work(void *unused) {
  (void)unused;
  struct reader reader = {.room = 1 << 16};
  reader.bytes = malloc(reader.room);
  for (long at; (at = __atomic_fetch_add(&next_run, 1, __ATOMIC_RELAXED)) < run_count;) {
    int folder = open(runs[at], O_RDONLY | O_DIRECTORY);
    read_file(&reader, folder, "meta.yaml", 0);
    close(folder);
    read_folder(&reader, runs[at], "metrics");
    read_folder(&reader, runs[at], "params");
    read_folder(&reader, runs[at], "tags");
  }
  __atomic_fetch_add(&files, reader.files, __ATOMIC_RELAXED);
  __atomic_fetch_add(&points, reader.points, __ATOMIC_RELAXED);
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&lock);
  sum += reader.sum;
  pthread_mutex_unlock(&lock);
  return NULL;
}

static void list_runs(const char *path, int depth) {
  DIR *folder = opendir(path);
  if (!folder) return;
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (entry->d_type != DT_DIR || entry->d_name[0] == '.') continue;
    char *inner;
    if (asprintf(&inner, "%s/%s", path, entry->d_name) < 0) exit(1);
    if (depth) {
      list_runs(inner, depth - 1);
      free(inner);
      continue;
    }
    if (run_count % 1024 == 0) runs = realloc(runs, (run_count + 1024) * sizeof *runs);
    runs[run_count++] = inner;
  }
  closedir(folder);
}

int main(int count, char **arguments) {
  if (count < 3) return 2;
  pthread_t threads[64];
  int size = atoi(arguments[2]);
  list_runs(arguments[1], 1);
  for (int at = 0; at < size; at++) pthread_create(&threads[at], NULL, work, NULL);
  for (int at = 0; at < size; at++) pthread_join(threads[at], NULL);
  printf("%ld runs, %ld files, %ld points (%g)\n", run_count, files, points, sum);
}
