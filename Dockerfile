# The portal as a server runs it. One image: web, worker and beat differ only in their command (docker-compose.yml).
FROM node:22-bookworm-slim AS front-end
WORKDIR /portal
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
# The editor in one file; then without what only builds.
COPY front_end front_end
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.12-slim-bookworm
# Pango and HarfBuzz lay out the PDFs.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LOCAL_DIR=/data STATIC_ROOT=/portal-static
WORKDIR /portal
COPY requirements-uv.txt requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-uv.txt \
 && uv pip install --system --no-cache --require-hashes -r requirements.txt
COPY --from=front-end /portal/node_modules node_modules
COPY manage.py ./
COPY hubportal hubportal
COPY schools schools
COPY engagement engagement
COPY smdp smdp
COPY reports reports
COPY templates templates
COPY static static
COPY --from=front-end /portal/static/built static/built
# Gathering static files needs settings, no servers: these values live in this one command only.
RUN useradd --system --uid 10001 --home-dir /data portal \
 && mkdir -p /data /portal-static && chown portal:portal /data /portal-static
USER portal
RUN DEMO=1 LOCAL_DIR=/tmp/build DATABASE_URL=postgresql://nobody@127.0.0.1/none REDIS_URL=redis://127.0.0.1:6379/0 \
    python -c "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'hubportal.settings'; django.setup(); \
from django.core.management import call_command; call_command('collectstatic', interactive=False, verbosity=0)" \
 && rm -rf /tmp/build
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "hubportal.wsgi", "--bind=0.0.0.0:8000", "--workers=3", "--threads=4", "--timeout=60", \
     "--no-control-socket", "--worker-tmp-dir=/dev/shm"]
