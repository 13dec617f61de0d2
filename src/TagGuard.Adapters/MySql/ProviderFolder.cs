using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using System.Runtime.Loader;

namespace TagGuard.Adapters.MySql;

/// <summary>ADO.NET providers that the program was not built against: dropped, with what they need, into `providers/` beside the program, or where TAGGUARD_PROVIDERS says.</summary>
public static class ProviderFolder
{
    public const string Variable = "TAGGUARD_PROVIDERS";

    static readonly ConcurrentDictionary<(string Folder, string Provider), DbProviderFactory> Loaded = new();

    /// <summary>Loads the factory of a provider, once per process.</summary>
    /// <param name="provider">Its type and assembly: `MySqlConnector.MySqlConnectorFactory, MySqlConnector`.</param>
    /// <exception cref="ProviderException">There is none; the message says what is missing and where.</exception>
    public static DbProviderFactory Load(string provider) => Loaded.GetOrAdd((Folder, provider), static key => Load(key.Folder, key.Provider));

    /// <summary>A provider that is there and does not work: most often, something that it needs was not copied beside it.</summary>
    /// <param name="provider">Its type and assembly.</param>
    /// <param name="what">What it failed at: the words behind its name.</param>
    /// <param name="fault">What it threw.</param>
    public static ProviderException Fault(string provider, string what, Exception fault)
    {
        var root = fault;
        while (root is not FileNotFoundException && root.InnerException is { } inner)
            root = inner;
        return root is FileNotFoundException { FileName: { } missing } && missing.Contains(", Version=", StringComparison.Ordinal)
            ? new ProviderException($"{provider} needs {missing.Split(',')[0]}.dll, which is not in {Folder}: copy it there from the provider's package or its dependencies.", fault)
            : new ProviderException($"{provider} {what}: {root.GetType().Name}: {root.Message.TrimEnd('.')}. Look whether all that it needs is in {Folder}, or use another version of it, or take `provider` out.", fault);
    }

    static string Folder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : Path.Combine(AppContext.BaseDirectory, "providers");

    static DbProviderFactory Load(string folder, string provider)
    {
        try
        {
            return Find(folder, provider);
        }
        catch (Exception fault) when (fault is not ProviderException)
        {
            throw Fault(provider, "cannot be loaded", fault);
        }
    }

    static DbProviderFactory Find(string folder, string provider)
    {
        if (provider.Split(',', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } typeName, { Length: > 0 } assemblyName] || assemblyName.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new ProviderException($"\"{provider}\" is no provider: write its factory's type and assembly, as in \"MySqlConnector.MySqlConnectorFactory, MySqlConnector\".");
        var assembly = Open(folder, assemblyName);
        var type = assembly.GetType(typeName) ?? throw new ProviderException($"{assembly.Location} has no type {typeName}{Factories(assembly)}.");
        if (!type.IsAssignableTo(typeof(DbProviderFactory)))
            throw new ProviderException($"{typeName} in {assembly.Location} is no DbProviderFactory{Factories(assembly)}.");
        return type.GetField("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as DbProviderFactory
            ?? throw new ProviderException($"{typeName} in {assembly.Location} has no public static field `Instance` that holds a factory, as every ADO.NET provider has: use another provider.");
    }

    static Assembly Open(string folder, string name)
    {
        if (!Directory.Exists(folder))
            throw new ProviderException($"The folder for providers, {folder}, is not there: create it and copy {name}.dll with all that it needs into it, or name another folder in {Variable}.");
        var file = Path.Combine(folder, name + ".dll");
        if (!File.Exists(file))
            throw new ProviderException($"{file} is not there: copy {name}.dll with all that it needs into that folder, or name another folder in {Variable}. It holds: {Listing(folder)}.");
        try
        {
            return new ProviderContext(file).LoadFromAssemblyPath(file);
        }
        catch (Exception fault) when (fault is BadImageFormatException or FileLoadException)
        {
            throw new ProviderException($"{file} is no assembly of .NET that runs here: copy the one for net10.0 or earlier (net8.0, netstandard2.0).", fault);
        }
    }

    static string Listing(string folder) => string.Join(", ", Directory.EnumerateFiles(folder, "*.dll").Select(Path.GetFileName).Order()) is { Length: > 0 } names ? names : "no .dll at all";

    static string Factories(Assembly assembly)
    {
        var names = assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(DbProviderFactory))).Select(type => type.FullName).Order().ToList();
        return names.Count == 0 ? ", and no DbProviderFactory at all: it is no ADO.NET provider" : ": use " + string.Join(" or ", names);
    }

    /// <summary>A provider's own assemblies; what it does not bring, such as System.Data.Common, is the program's.</summary>
    sealed class ProviderContext(string file) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(file))
    {
        readonly AssemblyDependencyResolver _resolver = new(file);

        protected override Assembly? Load(AssemblyName assemblyName) =>
            _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

        protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
            _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
    }
}

/// <summary>A provider cannot be loaded; the message says what to do.</summary>
public sealed class ProviderException(string message, Exception? inner = null) : Exception(message, inner);
