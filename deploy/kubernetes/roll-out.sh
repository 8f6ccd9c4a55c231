#!/usr/bin/env bash
# Brings a version into the cluster: it is checked with the configuration there, its tables are made, and only then processes are replaced.
#   deploy/kubernetes/roll-out.sh [FOLDER]     FOLDER is this one, or your overlay with the image's name and tag
# Back again: kubectl -n tickettriage rollout undo deployment/web, and deployment/worker. Tables stay: the version before works with them.
set -euo pipefail

folder=${1:-$(dirname "${BASH_SOURCE[0]}")}
namespace=${NAMESPACE:-tickettriage}
processes=app.kubernetes.io/component
look_every=${LOOK_EVERY:-2}

# A job can't be changed: the one of the last roll-out makes place.
kubectl --namespace "$namespace" delete job migrate --ignore-not-found
kubectl kustomize "$folder" | kubectl apply --filename - --selector "$processes notin (web, worker)"

# Large tables take as long as they take.
until ended=$(kubectl --namespace "$namespace" get job migrate \
    --output 'jsonpath={.status.conditions[?(@.status=="True")].type}') && [[ $ended == *Complete* ]]; do
  if [[ $ended == *Failed* ]]; then
    echo "This version was not rolled out, and what ran goes on:" >&2
    kubectl --namespace "$namespace" logs job/migrate --all-containers >&2
    exit 1
  fi
  sleep "$look_every"
done

kubectl kustomize "$folder" | kubectl apply --filename -
kubectl --namespace "$namespace" rollout status deployment/web
kubectl --namespace "$namespace" rollout status deployment/worker
