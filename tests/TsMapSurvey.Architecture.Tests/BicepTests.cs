using System.Text.Json.Nodes;

namespace TsMapSurvey.Architecture.Tests;

[Trait("Pace", "slow")]
public sealed class BicepTests
{
    private static readonly string Main = Repository.Path("bicep", "main.bicep");

    private static readonly Lazy<ToolResult> Build = new(() => BicepCompiler.Run("build", Main, "--stdout"));

    private static readonly Lazy<JsonNode> Template = new(() => JsonNode.Parse(Build.Value.Output)!);

    [Fact]
    public void The_templates_compile_without_a_warning() => Silent(Build.Value);

    [Fact]
    public void The_linter_finds_nothing() => Silent(BicepCompiler.Run("lint", Main));

    [Fact]
    public void The_parameters_fit_the_template() =>
        Silent(BicepCompiler.Run("build-params", Repository.Path("bicep", "main.bicepparam"), "--stdout"));

    [Fact]
    public void The_templates_are_formatted()
    {
        using var folder = new TemporaryFolder();
        var files = SourceFile.Under("bicep", ".bicep", ".bicepparam");
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(file.Shown))!);
            File.Copy(file.Path, folder.File(file.Shown));
        }

        Silent(BicepCompiler.RunIn(folder.Path, "format", "--pattern", "**/*.bicep*"));

        Offenders.None("bicep format", files.Where(file => File.ReadAllText(file.Path) != File.ReadAllText(folder.File(file.Shown)))
            .Select(file => file.Shown));
    }

    [Fact]
    public void The_linter_turns_a_secret_in_an_output_away()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Repository.Path("bicep", "bicepconfig.json"), folder.File("bicepconfig.json"));
        File.WriteAllText(folder.File("leak.bicep"), "@secure()\nparam key string\n\noutput key string = key\n");

        Assert.NotEqual(0, BicepCompiler.Run("lint", folder.File("leak.bicep")).ExitCode);
    }

    [Fact]
    public void Nothing_is_public_and_no_account_accepts_keys()
    {
        var account = Resource("Microsoft.Storage/storageAccounts")["properties"]!;
        Assert.False((bool)account["allowSharedKeyAccess"]!);
        Assert.False((bool)account["allowBlobPublicAccess"]!);
        Assert.Equal("None", (string?)Resource("Microsoft.Storage/storageAccounts/blobServices/containers")["properties"]!["publicAccess"]);
        Assert.False((bool)Resource("Microsoft.ContainerRegistry/registries")["properties"]!["adminUserEnabled"]!);
        Assert.Equal("UserAssigned", (string?)Resource("Microsoft.App/containerApps")["identity"]!["type"]);
    }

    [Fact]
    public void Events_of_observations_alone_go_into_the_queue_that_the_app_reads()
    {
        var subscription = Resource("Microsoft.EventGrid/systemTopics/eventSubscriptions")["properties"]!;
        var (delivery, filter) = (subscription["deliveryWithResourceIdentity"]!, subscription["filter"]!);
        Assert.Equal("StorageQueue", (string?)delivery["destination"]!["endpointType"]);
        Assert.Equal(["Microsoft.Storage.BlobCreated"], filter["includedEventTypes"]!.AsArray().Select(type => (string?)type));
        string[] Values(string operation) => [.. filter["advancedFilters"]!.AsArray()
            .Single(one => (string?)one!["operatorType"] == operation)!["values"]!.AsArray().Select(value => (string)value!)];
        foreach (var ending in Values("StringEndsWith")) Assert.True(Storage.ObservationStore.IsObservation($"a{ending}"), ending);
        foreach (var ending in new[] { ".fits", ".fits.gz", ".fit", ".fit.gz", ".fits.fz" })
            Assert.Contains(ending, Values("StringEndsWith"));
        Assert.Equal(
            ["[format('{0}surveys/', variables('blobs'))]", "[format('{0}compute/', variables('blobs'))]"], Values("StringNotBeginsWith"));

        // The account takes no keys: the topic's own identity sends.
        Assert.Equal("SystemAssigned", (string?)delivery["identity"]!["type"]);
        Assert.Single(All(Template.Value), resource => (string?)resource["type"] == "Microsoft.Authorization/roleAssignments"
            && (string?)resource["properties"]!["principalId"] == "[reference('topic', '2025-02-15', 'full').identity.principalId]");
        Assert.Contains("'TSMAP_Intake__Queue', 'value', parameters('queueUrl')", (string?)Resource("Microsoft.App/containerApps")[
            "properties"]!["template"]!["containers"]![0]!["env"], StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_takes_a_key_that_is_a_secret_and_never_empty()
    {
        var (main, app) = (Template.Value, Template.Value["resources"]!.AsObject()
            .Single(resource => resource.Key == "app").Value!["properties"]!["parameters"]!);
        foreach (var secret in new[] { "writeKey", "newWriteKey" })
            Assert.Equal("securestring", (string?)main["parameters"]![secret]!["type"]);
        Assert.Equal("[newGuid()]", (string?)main["parameters"]!["newWriteKey"]!["defaultValue"]);
        Assert.Equal(
            "[if(empty(parameters('writeKey')), createObject('value', parameters('newWriteKey')), createObject('value', "
            + "parameters('writeKey')))]", (string?)app["writeKey"]);
        var resource = Resource("Microsoft.App/containerApps")["properties"]!;
        var (secrets, environment) =
            ((string)resource["configuration"]!["secrets"]!, (string)resource["template"]!["containers"]![0]!["env"]!);
        Assert.Contains("createObject('name', variables('keySecret'), 'value', parameters('writeKey'))", secrets, StringComparison.Ordinal);
        Assert.Contains("'TSMAP_Keys__Write', 'secretRef', variables('keySecret')", environment, StringComparison.Ordinal);
        Assert.Contains("'TSMAP_Hosts__Allowed'", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("--open-writes", main.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_is_closed_where_there_is_a_key_for_it_and_the_ingress_is_a_known_proxy()
    {
        var resource = Resource("Microsoft.App/containerApps")["properties"]!;
        var environment = (string)resource["template"]!["containers"]![0]!["env"]!;

        Assert.Equal("securestring", (string?)Template.Value["parameters"]!["readKey"]!["type"]);
        Assert.Equal("[empty(parameters('readKey'))]", (string?)Template.Value["parameters"]!["readingIsOpen"]!["defaultValue"]);
        Assert.Contains(
            "'TSMAP_Keys__OpenReads', 'value', if(parameters('readingIsOpen'), 'true', 'false')", environment, StringComparison.Ordinal);
        Assert.Contains("'TSMAP_Proxies__Known', 'value', join(parameters('proxies'), ';')", environment, StringComparison.Ordinal);
        foreach (var variables in new[] { "readVariables", "tokenVariables" })
            Assert.Contains($"variables('{variables}')", environment, StringComparison.Ordinal);
        Assert.Contains("variables('readSecrets')", (string)resource["configuration"]!["secrets"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void One_silo_is_one_replica()
    {
        var app = Template.Value["resources"]!.AsObject().Single(resource => resource.Key == "app").Value!["properties"]!["parameters"]!;

        Assert.Equal("localhost", (string?)Template.Value["parameters"]!["clustering"]!["defaultValue"]);
        foreach (var bound in new[] { "minReplicas", "maxReplicas" })
            Assert.Equal(
                $"[if(equals(parameters('clustering'), 'redis'), createObject('value', parameters('{bound}')), createObject('value', 1))]",
                (string?)app[bound]);
    }

    [Fact]
    public void The_probes_ask_the_health_endpoints()
    {
        var container = Resource("Microsoft.App/containerApps")["properties"]!["template"]!["containers"]![0]!;
        var probes = container["probes"]!.AsArray()
            .ToDictionary(probe => (string)probe!["type"]!, probe => (string)probe!["httpGet"]!["path"]!);

        Assert.Equal("/health/live", probes["Startup"]);
        Assert.Equal("/health/live", probes["Liveness"]);
        Assert.Equal("/health/ready", probes["Readiness"]);
        Assert.All(container["probes"]!.AsArray(), probe => Assert.Equal("[variables('healthPort')]", (string?)probe!["httpGet"]!["port"]));
    }

    /// <summary>The only resource of a type, in whichever module.</summary>
    private static JsonNode Resource(string type) =>
        All(Template.Value).Single(resource => (string?)resource["type"] == type && resource["existing"] is null);

    private static IEnumerable<JsonNode> All(JsonNode template) =>
        (template["resources"] is JsonArray array
            ? array.OfType<JsonNode>() : template["resources"]!.AsObject().Select(item => item.Value!))
            .SelectMany(resource =>
                resource["properties"]?["template"]?["$schema"] is null ? [resource] : All(resource["properties"]!["template"]!));

    private static void Silent(ToolResult result)
    {
        Assert.True(result.Error.Length == 0, result.Error);
        Assert.Equal(0, result.ExitCode);
    }
}
