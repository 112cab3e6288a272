"""Kustomize: what our folders use of it, for places where no kubectl renders them.

Resources (files and folders), namespace, images, patches by file with a target or a name, and ConfigMaps of files whose
names stay as they are. Whatever else a kustomization says is refused.
"""
import copy
import pathlib

import yaml

KNOWN = {"apiVersion", "kind", "resources", "namespace", "images", "patches", "configMapGenerator", "generatorOptions"}
CLUSTER_WIDE = {"Namespace"}
MERGED_BY = {"containers": "name", "env": "name", "volumes": "name", "volumeMounts": "mountPath", "ports": "containerPort"}


def documents(path):
    return [document for document in yaml.safe_load_all(path.read_text(encoding="utf-8")) if document]


def merged(base, patch):
    """A strategic merge: maps by key, the lists of MERGED_BY by the name of their entries, with the patch's first."""
    result = copy.deepcopy(base)
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        elif isinstance(value, list) and key in MERGED_BY and key in result:
            name = MERGED_BY[key]
            ours = {entry[name]: entry for entry in result[key]}
            first = [merged(ours.pop(entry[name], {}), entry) for entry in value]
            result[key] = first + list(ours.values())
        else:
            result[key] = copy.deepcopy(value)
    return result


def chosen(resource, patch, target):
    if not target:
        return resource["kind"] == patch["kind"] and resource["metadata"]["name"] == patch["metadata"]["name"]
    wanted = dict([target["labelSelector"].split("=")])
    return resource["kind"] == target["kind"] and wanted.items() <= resource["metadata"].get("labels", {}).items()


def patched(resources, folder, entry):
    for patch in documents(folder / entry["path"]):
        found = [resource for resource in resources if chosen(resource, patch, entry.get("target"))]
        assert found, f"{entry['path']} patches nothing"
        for resource in found:
            name = resource["metadata"]["name"]
            resource.update(merged(resource, patch))
            resource["metadata"]["name"] = name


def containers(resource):
    """Every container below a resource."""
    if isinstance(resource, dict):
        for key, value in resource.items():
            if key == "containers":
                yield from value
            else:
                yield from containers(value)


def render(folder):
    folder = pathlib.Path(folder).resolve()
    said = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))
    assert set(said) <= KNOWN, set(said) - KNOWN
    resources = []
    for name in said.get("resources", []):
        path = folder / name
        resources += render(path) if path.is_dir() else documents(path)
    for generator in said.get("configMapGenerator", []):
        assert said["generatorOptions"]["disableNameSuffixHash"]
        resources.append({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": generator["name"]},
                          "data": {name: (folder / name).read_text(encoding="utf-8") for name in generator["files"]}})
    for entry in said.get("patches", []):
        patched(resources, folder, entry)
    for image in said.get("images", []):
        for container in (container for resource in resources for container in containers(resource)):
            if container["image"] == image["name"]:
                container["image"] = f"{image['newName']}:{image['newTag']}"
    if "namespace" in said:
        for resource in resources:
            if resource["kind"] not in CLUSTER_WIDE:
                resource["metadata"]["namespace"] = said["namespace"]
    return resources
